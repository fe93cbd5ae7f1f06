/// Something that answers conversations: a model in this process, or on a server.
public protocol ChatBackend: Sendable {
    /// What titles and reports say about the model.
    var profile: ModelProfile { get }

    /// Answers the last message. The stream ends after ``ChatEvent/finished(_:at:)``, or throws an error that says
    /// what was wrong and what to do. Ending the consuming task cancels the run within one token; a cancelled
    /// stream just ends.
    func respond(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error>

    /// What the model holds in memory now; nil where it can't be known.
    func memoryUse() -> MemoryUse?
}

/// What is known about a model once it is open.
public struct ModelProfile: Sendable, Equatable {
    /// The name to show, such as "smollm2-135m-instruct".
    public var name: String
    /// The architecture's name as the file gives it, such as "qwen2".
    public var architecture: String
    /// The weights' format, such as "Q4_K - Medium" or "Q4_1".
    public var format: String
    public var parameterCount: Int
    /// Size of the file in bytes.
    public var fileBytes: Int
    /// Tokens that fit in the context of this session.
    public var contextLength: Int
    /// False for base models, which continue raw text.
    public var hasChatTemplate: Bool
    /// From open to ready.
    public var loadDuration: Duration
    /// Worker threads that compute.
    public var threads: Int

    public init(
        name: String, architecture: String, format: String, parameterCount: Int, fileBytes: Int, contextLength: Int,
        hasChatTemplate: Bool, loadDuration: Duration, threads: Int
    ) {
        self.name = name
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
