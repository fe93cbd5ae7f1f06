import Foundation

/// Where this program keeps its files, by the XDG Base Directory Specification 0.8.
///
/// Nothing here exists until somebody makes it.
public struct Directories: Sendable, Equatable {
    /// What the user wrote: `config.yaml`, own themes and prompts, an own catalog.
    public let configuration: String
    /// What was fetched: models.
    public let data: String
    /// What should outlive a restart but could be lost: sessions, the history of prompts, logs.
    public let state: String
    /// What can be made again.
    public let cache: String

    public var configurationFile: String { configuration + "/config.yaml" }
    public var models: String { data + "/models" }
    public var sessions: String { state + "/sessions" }
    /// Records of tasks.
    public var tasks: String { state + "/tasks" }
    public var historyFile: String { state + "/history.jsonl" }
    public var prompts: String { configuration + "/prompts" }

    /// - Parameter environment: `XDG_CONFIG_HOME`, `XDG_DATA_HOME`, `XDG_STATE_HOME`, `XDG_CACHE_HOME` and `HOME`.
    ///   A relative path in an `XDG_` variable is ignored, as the specification demands.
    /// - Throws: ``DirectoriesError`` if `HOME` is needed and is missing or relative.
    public init(environment: Environment) throws {
        func directory(_ variable: String, below home: String) throws -> String {
            if let base = environment[variable], base.hasPrefix("/") { return Self.join(base, "diptych") }
            guard let base = environment["HOME"], base.hasPrefix("/") else {
                throw DirectoriesError(variable: variable, home: environment["HOME"])
            }
            return Self.join(base, home + "/diptych")
        }
        configuration = try directory("XDG_CONFIG_HOME", below: ".config")
        data = try directory("XDG_DATA_HOME", below: ".local/share")
        state = try directory("XDG_STATE_HOME", below: ".local/state")
        cache = try directory("XDG_CACHE_HOME", below: ".cache")
    }

    private static func join(_ base: String, _ name: String) -> String {
        base.hasSuffix("/") ? base + name : base + "/" + name
    }
}

/// Neither an `XDG_` variable nor `HOME` says where files belong.
public struct DirectoriesError: Error, Equatable, CustomStringConvertible {
    public let variable: String
    public let home: String?

    public var description: String {
        let found = home.map { "is '\($0)', which is not an absolute path" } ?? "is not set"
        return "HOME \(found): set it, or set \(variable), to an absolute path"
    }
}
