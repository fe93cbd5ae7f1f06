/// A server that answers for a model, as `config.yaml` names it under `servers`.
public struct ServerSettings: Sendable, Equatable {
    /// Where a key comes from. The key itself never stands in the file.
    public enum KeySource: Sendable, Equatable {
        /// An environment variable.
        case environment(String)
        /// A file that holds nothing else.
        case file(String)
        /// What a command of the shell prints.
        case command(String)
    }

    /// How the server is asked.
    public enum Style: String, Sendable, CaseIterable {
        case chat, completions
    }

    /// What an answer costs.
    public struct Price: Sendable, Equatable {
        /// A million tokens of prompt, of prompt from the server's cache, and of answer.
        public var input: Double?
        public var cachedInput: Double?
        public var output: Double?
        /// An hour of the machine.
        public var hour: Double?
        /// A sign or a code.
        public var currency = "$"
    }

    /// Seconds; nil leaves the choice to the program.
    public struct Timeouts: Sendable, Equatable {
        public var connect: Double?
        public var firstToken: Double?
        public var betweenTokens: Double?
    }

    public var name: String
    public var url: String
    /// The server's name of the model; nil where it has only one.
    public var model: String?
    public var key: KeySource?
    public var style = Style.chat
    /// Whether the stream is asked for a count of tokens.
    public var usage = true
    /// Whether the way to another machine may be unencrypted.
    public var plainHTTP = false
    public var price: Price?
    public var timeouts = Timeouts()
    /// Tokens of context, where the server doesn't say.
    public var context: Int?
    /// How often a request that is turned away is made at most; nil leaves the choice to the program.
    public var attempts: Int?
}

extension ServerSettings {
    private static let longestTimeout = 86_400.0

    init(name: String, _ field: YAMLField) throws {
        let fields = try field.mapping(known: [
            "url", "model", "key", "style", "usage", "plain_http", "price", "timeouts", "context", "attempts",
        ])
        self.name = name
        url = try fields["url"].line(expected: "the server's address, such as https://models.example/v1")
        model = try fields.optional("model") { try $0.line(expected: "the server's name of the model") }
        key = try fields.optional("key", Self.key)
        style = try fields.optional("style", Self.style) ?? style
        usage = try fields.optional("usage") { try $0.flag() } ?? usage
        plainHTTP = try fields.optional("plain_http") { try $0.flag() } ?? plainHTTP
        price = try fields.optional("price", Price.init)
        timeouts = try fields.optional("timeouts", Self.timeouts) ?? timeouts
        context = try fields.optional("context") {
            try $0.integer(in: ConfigurationFile.contextLimits, "a number of tokens")
        }
        attempts = try fields.optional("attempts") { try $0.integer(in: 1...100, "a number of attempts") }
    }

    private static func key(_ field: YAMLField) throws -> KeySource {
        let expected = "one of environment, file and command"
        guard !field.isScalar else {
            // Whatever stands there may be a key: it isn't repeated.
            throw field.error(
                expected: expected, found: "text",
                remedy: "keep the key itself out of this file: write, say, key: {environment: MY_KEY}")
        }
        let fields = try field.mapping(known: ["environment", "file", "command"])
        let sources: [KeySource?] = [
            try fields.optional("environment") {
                .environment(try $0.line(expected: "the name of an environment variable"))
            },
            try fields.optional("file") { .file(try $0.line(expected: "the path of a file")) },
            try fields.optional("command") { .command(try $0.line(expected: "a command of the shell")) },
        ]
        let named = sources.compactMap { $0 }
        guard let source = named.first, named.count == 1 else {
            throw field.error(expected: expected, found: named.isEmpty ? "none" : "\(named.count) of them")
        }
        return source
    }

    private static func style(_ field: YAMLField) throws -> Style {
        guard let style = Style(rawValue: try field.line()) else { throw field.error(expected: "chat or completions") }
        return style
    }

    private static func timeouts(_ field: YAMLField) throws -> Timeouts {
        let fields = try field.mapping(known: ["connect", "first_token", "between_tokens"])
        func seconds(_ name: String) throws -> Double? {
            try fields.optional(name) { try $0.number(in: 0.1...longestTimeout, "seconds") }
        }
        return Timeouts(
            connect: try seconds("connect"), firstToken: try seconds("first_token"),
            betweenTokens: try seconds("between_tokens"))
    }
}

extension ServerSettings.Price {
    init(_ field: YAMLField) throws {
        let fields = try field.mapping(known: ["input", "cached_input", "output", "hour", "currency"])
        func amount(_ name: String) throws -> Double? {
            try fields.optional(name) { try $0.number(in: 0...1e9, "an amount") }
        }
        input = try amount("input")
        cachedInput = try amount("cached_input")
        output = try amount("output")
        hour = try amount("hour")
        currency = try fields.optional("currency") { try $0.line(expected: "a currency, such as $ or EUR") } ?? currency
        let isOfTokens = input != nil && output != nil
        guard (hour != nil) != isOfTokens, hour == nil || (input == nil && output == nil && cachedInput == nil) else {
            throw field.error(
                expected: "input and output, a million tokens each, or hour", found: "something between",
                remedy: "write, say, price: {input: 0.15, output: 0.6} or price: {hour: 2.50}")
        }
    }
}
