import Foundation
import Screen

/// The user's settings, as `config.yaml` in the configuration directory states them. `docs/config.yaml` is a sample.
///
/// Options of the command line and the environment go before what is written here.
public struct ConfigurationFile: Sendable, Equatable {
    /// Name of a theme; nil leaves the choice to the program.
    public var theme: String?
    /// Whether the mouse is listened to; where it isn't, the terminal's own selection works.
    public var mouse = true
    /// Whether sessions are recorded.
    public var record = true
    /// Whether the comparison is written as plain text, line after line, instead of a full screen.
    public var plain = false
    /// Whether answers are rendered as Markdown.
    public var markdown = true
    /// The models that are compared where none is named, one a pane; empty leaves the choice to the program.
    public var panes: [String] = []
    /// Folders in which models are looked for too; `~` stands for the home.
    public var folders: [String] = []
    /// Tokens of context; nil leaves the choice to the program.
    public var context: Int?
    /// The keys of actions, by the action's name; no keys take the action's keys away.
    public var keys: [String: [Key]] = [:]
    /// Servers that answer for models, in the order of the file; their names are unique.
    public var servers: [ServerSettings] = []
    /// What this machine costs; nil where nobody says.
    public var localPrice: ServerSettings.Price?

    public static let paneLimit = 4
    public static let contextLimits = 1...16_777_216

    /// What holds where nothing is configured.
    public init() {}

    /// - Parameters:
    ///   - yaml: the file's contents.
    ///   - file: the file's name, for errors.
    /// - Throws: ``ConfigurationError``.
    public init(yaml: String, file: String) throws {
        let root = try YAMLField(text: yaml, file: file)
        guard !root.isMissing else { return }
        let fields = try root.mapping(known: [
            "theme", "mouse", "record", "plain", "markdown", "panes", "folders", "context", "keys", "servers",
            "local_price",
        ])
        theme = try fields.optional("theme") { try $0.line(expected: "a theme's name, such as night") }
        mouse = try fields.optional("mouse") { try $0.flag() } ?? mouse
        record = try fields.optional("record") { try $0.flag() } ?? record
        plain = try fields.optional("plain") { try $0.flag() } ?? plain
        markdown = try fields.optional("markdown") { try $0.flag() } ?? markdown
        panes = try fields.optional("panes", Self.panes) ?? panes
        folders = try fields.optional("folders", Self.folders) ?? folders
        context = try fields.optional("context") { try $0.integer(in: Self.contextLimits, "a number of tokens") }
        keys = try fields.optional("keys", Self.keys) ?? keys
        servers = try fields.optional("servers", Self.servers) ?? servers
        localPrice = try fields.optional("local_price", Self.localPrice)
    }

    /// Reads the user's file; a missing one configures nothing.
    /// - Throws: ``ConfigurationError``.
    public init(directories: Directories) throws {
        let path = directories.configurationFile
        guard FileManager.default.fileExists(atPath: path) else {
            self.init()
            return
        }
        let remedy = "mend it, or remove it to use what comes with diptych"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConfigurationError(
                file: path, expected: "a readable file", found: "one that can't be read", remedy: remedy)
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ConfigurationError(file: path, expected: "UTF-8 text", found: "other bytes", remedy: remedy)
        }
        try self.init(yaml: text, file: path)
    }

    private static func panes(_ field: YAMLField) throws -> [String] {
        let expected = "a list of one to \(paneLimit) models"
        let models = try field.list(expected: expected)
        guard (1...paneLimit).contains(models.count) else {
            throw field.error(expected: expected, found: "\(models.count)")
        }
        return try models.map { try $0.line(expected: "a model, such as smollm2-135m-instruct") }
    }

    private static func folders(_ field: YAMLField) throws -> [String] {
        try field.list(expected: "a list of folders").map { folder in
            let expected = "a folder's whole path, such as /srv/models or ~/models"
            let path = try folder.line(expected: expected)
            guard path.hasPrefix("/") || path == "~" || path.hasPrefix("~/") else {
                throw folder.error(expected: expected)
            }
            return path
        }
    }

    private static func servers(_ field: YAMLField) throws -> [ServerSettings] {
        try field.entries(expected: "names of your own, each with a server").map { name, _, value in
            // MODEL on the command line gives these characters another meaning.
            guard !name.isEmpty, !name.contains(where: { $0.isWhitespace || ":@/".contains($0) }) else {
                throw value.error(
                    expected: "a name without spaces, colons, slashes and @", found: "another",
                    remedy: "call the server by one word")
            }
            return try ServerSettings(name: name, value)
        }
    }

    /// This machine has no price for tokens.
    private static func localPrice(_ field: YAMLField) throws -> ServerSettings.Price {
        let price = try ServerSettings.Price(field)
        guard price.hour != nil else {
            throw field.error(expected: "hour: what an hour of this machine costs", found: "a price of tokens")
        }
        return price
    }

    private static func keys(_ field: YAMLField) throws -> [String: [Key]] {
        let entries = try field.entries(expected: "names of actions, each with a key or a list of keys")
        return try Dictionary(uniqueKeysWithValues: entries.map { ($0.name, try keys(ofAction: $0.value)) })
    }

    private static func keys(ofAction field: YAMLField) throws -> [Key] {
        field.isList ? try field.list().map { try Key($0) } : [try Key(field)]
    }
}

extension Key {
    fileprivate init(_ field: YAMLField) throws {
        let expected = "a key such as Ctrl+O, Alt+B, F5, PgUp or x"
        let name = try field.line(expected: expected)
        guard let key = Key(name: name) else {
            let isTaken = ["ctrl+h", "ctrl+i", "ctrl+m", "ctrl+["].contains(name.lowercased())
            throw field.error(
                expected: expected,
                remedy: isTaken
                    ? "terminals send it as Backspace, Tab, Enter or Esc, so choose another"
                    : "write it as the help screen does (F1)")
        }
        self = key
    }
}
