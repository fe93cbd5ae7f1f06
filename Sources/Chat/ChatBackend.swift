/// Something that answers conversations: a model in this process, or on a server.
public protocol ChatBackend: Sendable {
    /// What titles and reports say about the model.
    var profile: ModelProfile { get }

    /// Answers the last message. The stream ends after ``ChatEvent/finished(_:at:)``, or throws an error that says
    /// what was wrong and what to do. Ending the consuming task cancels the run within one token; a cancelled
    /// stream just ends.
    func respond(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error>

    /// What the model holds in memory now; nil where it can't be known, as on a server.
    func memoryUse() -> MemoryUse?
}

/// What is known about a model once it is open. What a server doesn't say is nil.
public struct ModelProfile: Sendable, Equatable {
    /// Where the model computes.
    public enum Location: Sendable, Equatable {
        /// In this process.
        case here
        case server(ModelServer)
    }

    /// The name to show, such as "smollm2-135m-instruct".
    public var name: String
    public var location: Location
    /// The architecture's name as the file gives it, such as "qwen2".
    public var architecture: String?
    /// The weights' format, such as "Q4_K - Medium" or "Q4_1".
    public var format: String?
    public var parameterCount: Int?
    /// Size of the file in bytes.
    public var fileBytes: Int?
    /// Tokens that fit in the context of this session.
    public var contextLength: Int?
    /// False for base models, which continue raw text.
    public var hasChatTemplate: Bool
    /// From open to ready; of a model on a server, until the server had said what it has.
    public var loadDuration: Duration
    /// Worker threads that compute.
    public var threads: Int?
    /// What an answer costs; nil where nobody said.
    public var price: Price?

    public init(
        name: String, location: Location = .here, architecture: String? = nil, format: String? = nil,
        parameterCount: Int? = nil, fileBytes: Int? = nil, contextLength: Int? = nil, hasChatTemplate: Bool = true,
        loadDuration: Duration, threads: Int? = nil, price: Price? = nil
    ) {
        self.name = name
        self.location = location
        self.price = price
        self.architecture = architecture
        self.format = format
        self.parameterCount = parameterCount
        self.fileBytes = fileBytes
        self.contextLength = contextLength
        self.hasChatTemplate = hasChatTemplate
        self.loadDuration = loadDuration
        self.threads = threads
    }
}

extension ModelProfile {
    /// The server that the model is on; nil for a model in this process.
    public var server: ModelServer? {
        if case .server(let server) = location { server } else { nil }
    }
}

/// A server that answers for a model.
public struct ModelServer: Sendable, Equatable, Codable {
    /// Its name, with the port if that is unusual: never a path, a user or a key.
    public var host: String
    /// What runs there, such as "llama.cpp" or "vLLM"; nil if it can't be told.
    public var software: String?
    /// Whether the way there is encrypted.
    public var isSecure: Bool

    public init(host: String, software: String? = nil, isSecure: Bool) {
        self.host = host
        self.software = software
        self.isSecure = isSecure
    }
}
