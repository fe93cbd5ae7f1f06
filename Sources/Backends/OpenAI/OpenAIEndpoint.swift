import Chat
import Transport

/// A model on a server that speaks the OpenAI protocol, and how to deal with that server.
public struct OpenAIEndpoint: Sendable {
    /// How the server is asked.
    public enum Style: String, Sendable, CaseIterable {
        /// Messages, which the server renders with the model's chat template.
        case chat
        /// Raw text, which the model continues.
        case completions
    }

    /// Seconds.
    public struct Timeouts: Sendable, Equatable {
        /// To find the host, connect and agree on TLS.
        public var connect: Double
        /// From the request to the first token.
        public var firstToken: Double
        /// Between tokens.
        public var betweenTokens: Double

        public init(connect: Double = 10, firstToken: Double = 120, betweenTokens: Double = 30) {
            self.connect = connect
            self.firstToken = firstToken
            self.betweenTokens = betweenTokens
        }
    }

    /// What the model is called on screen; nil for the server's name of it.
    public var name: String?
    /// The server's name of the model; nil where the server has only one.
    public var model: String?
    public let url: OpenAIURL
    /// Proves who asks. It is sent to its own origin and nowhere else.
    public var credential: Credential?
    /// Why there is no key although one might be expected, for whoever is refused.
    public var keylessReason: String?
    public var style = Style.chat
    /// Whether the stream is asked to end with a count of tokens; some gateways reject the question.
    public var asksForUsage = true
    /// Whether a key and prompts may travel unencrypted to another machine.
    public var allowsPlainHTTP = false
    public var timeouts = Timeouts()
    public var retries = RetryPolicy()
    public var price: Price?
    /// Tokens that fit in the context, where the user knows and the server doesn't say.
    public var contextLength: Int?
    /// A file of certificates to trust instead of the system's.
    public var certificateFile: String?

    public init(url: OpenAIURL, model: String?, credential: Credential? = nil) {
        self.url = url
        self.model = model
        self.credential = credential
    }
}

extension OpenAIEndpoint {
    /// - Throws: ``OpenAIError/plainHTTP(_:)`` where the way to another machine is unencrypted and nobody said yes to that.
    public func checkWay() throws {
        guard url.origin.isSecure || url.origin.isThisMachine || allowsPlainHTTP else {
            throw OpenAIError.plainHTTP(url.origin)
        }
    }
}

/// Where a server's protocol begins, such as `https://models.example/v1`.
public struct OpenAIURL: Sendable, Equatable, CustomStringConvertible {
    /// Without a slash at its end.
    public let base: String
    public let origin: Origin

    /// A URL without a path gets `/v1`, and one of a single call loses that: both are how people write it.
    ///
    /// - Throws: ``OpenAIError``.
    public init(_ text: String) throws {
        guard let origin = Origin(text) else {
            throw OpenAIError.badURL(
                text: Self.withoutSecrets(text), problem: "expected http:// or https:// and a host")
        }
        let behindScheme = text.dropFirst(origin.scheme.count + 3)
        guard !behindScheme.prefix(while: { $0 != "/" }).contains("@") else {
            throw OpenAIError.badURL(
                text: Self.withoutSecrets(text),
                problem: "a user or a password has no place in it: name a key in config.yaml")
        }
        guard !text.contains("?"), !text.contains("#") else {
            throw OpenAIError.badURL(
                text: Self.withoutSecrets(text), problem: "a query has no place in it: name a key in config.yaml")
        }
        var path = String(behindScheme.drop { $0 != "/" })
        for call in ["/chat/completions", "/completions", "/models", "/embeddings", ""] {
            while path.hasSuffix("/") { path.removeLast() }
            if !call.isEmpty, path.hasSuffix(call) { path.removeLast(call.count) }
        }
        base = "\(origin)" + (path.isEmpty ? "/v1" : path)
        self.origin = origin
    }

    func call(_ path: String) -> String { "\(base)/\(path)" }

    public var description: String { base }

    private static func withoutSecrets(_ text: String) -> String {
        let beforeQuery = String(text.prefix { $0 != "?" && $0 != "#" })
        return beforeQuery.replacing(/\/\/[^\/]*@/, with: "//…@")
    }
}
