import Configuration

/// Where a tool keeps models. They are read in place: nothing is moved, copied or written there.
///
/// A new one is a file beside this one and a line in ``ModelPlaces/all``.
protocol ModelPlace: Sendable {
    /// The tool, for people: "Ollama".
    static var title: String { get }
    /// Whether the files are this program's, so that it may remove them.
    static var isOwn: Bool { get }

    /// The folders in which the tool would look, by its own rules; they need not be there.
    static func folders(in surroundings: Surroundings) -> [String]
    /// What is in one of them.
    static func models(in folder: String, of surroundings: Surroundings, walk: inout FolderWalk) -> [FoundModel]
    /// How the tool's user gets rid of a model, such as "'ollama rm llama3.2:1b'".
    static func removal(of model: FoundModel) -> String
}

extension ModelPlace {
    static var isOwn: Bool { false }
}

/// The places there are: where the same weights are in several, the first one names them.
enum ModelPlaces {
    static let all: [any ModelPlace.Type] = [
        OwnFolder.self,
        ConfiguredFolders.self,
        HuggingFaceCache.self,
        OllamaStore.self,
        LMStudioFolder.self,
        LlamaCppCache.self,
    ]
}

/// What the places are found by.
struct Surroundings: Sendable {
    let environment: Environment
    /// Where this program keeps models.
    let ownFolder: String
    /// The names of the catalog's files in it.
    let catalogFiles: Set<String>
    /// The configuration's `folders`.
    let configuredFolders: [String]
    /// Stands before paths that don't depend on the user; a test gives a folder of its own.
    let root: String

    /// A path below the user's home; nil where there is none.
    func home(_ path: String) -> String? {
        environment["HOME"].map { "\($0)/\(path)" }
    }

    /// A folder of the user's caches.
    func cache(_ path: String) -> String? {
        environment["XDG_CACHE_HOME"].map { "\(Self.tidy($0))/\(path)" } ?? home(".cache/\(path)")
    }

    /// A variable that names a folder, with `~` for the home.
    func folder(_ variable: String) -> String? {
        environment[variable].map { expanded($0) }
    }

    /// A path with `~` for the home, without slashes at its end.
    func expanded(_ path: String) -> String {
        if path == "~" { return environment["HOME"] ?? path }
        if path.hasPrefix("~/"), let home = environment["HOME"] { return Self.tidy("\(home)/\(path.dropFirst(2))") }
        return Self.tidy(path)
    }

    private static func tidy(_ path: String) -> String {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }
}
