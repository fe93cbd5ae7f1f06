/// What `doctor --json` writes.
struct DoctorDocument: JSONDocument, Equatable {
    struct Processor: Codable, Sendable, Equatable {
        /// The variant of the kernels in use, such as "avx2".
        var variant: String
        var model: String?
        /// Those instruction sets that matter here.
        var features: [String]
        /// Threads that this process may run at once.
        var threads: Int
    }

    /// Bytes.
    struct Memory: Codable, Sendable, Equatable {
        var total: Int?
        var available: Int?
    }

    struct Terminal: Codable, Sendable, Equatable {
        var isTerminal: Bool
        var term: String?
        var colors: String
        var isUTF8: Bool
        var columns: Int?
        var rows: Int?
    }

    struct Directory: Codable, Sendable, Equatable {
        var name: String
        var path: String
        var exists: Bool
        /// True also where the directory is missing but can be made.
        var isWritable: Bool
    }

    struct Model: Codable, Sendable, Equatable {
        var id: String
        var bytes: Int
        /// Absent where the model isn't on disk.
        var path: String?
    }

    /// A folder that other tools or the configuration keep models in.
    struct Cache: Codable, Sendable, Equatable {
        /// Whose it is, such as "Ollama".
        var tool: String
        var path: String
        /// How many models that can be opened were found there, and what their files take.
        var models: Int
        var bytes: Int
        /// How many can't be opened.
        var unusableModels: Int
    }

    /// A server of the configuration.
    struct Server: Codable, Sendable, Equatable {
        var name: String
        var url: String
        /// What its key comes from, never the key; absent where it has none.
        var key: String?
        /// What is amiss; absent where nothing is. Nobody was asked on the network.
        var problem: String?
    }

    struct Program: Codable, Sendable, Equatable {
        var name: String
        /// Absent where the program isn't found.
        var path: String?
    }

    var schema = 1
    var version: String
    var cpu: Processor
    var memory: Memory
    var terminal: Terminal
    var directories: [Directory]
    var models: [Model]
    /// Those that are there.
    var caches: [Cache]
    var servers: [Server]
    var programs: [Program]
    /// What is amiss and what to do about it, one sentence each.
    var mend: [String]
}
