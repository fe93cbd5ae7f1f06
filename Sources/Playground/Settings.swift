import Chat

/// What every run is asked with.
public struct Settings: Sendable, Equatable {
    public var sampling: SamplingOptions
    /// The answer ends after this many tokens at the latest; nil means "until the context is full".
    public var maximumTokens: Int?
    /// Tokens of context that models are opened with; nil is the program's default.
    public var contextLength: Int?
    public var systemPrompt: String
    /// Whether the panes answer at the same time and share the machine; otherwise each measurement has it alone.
    public var isConcurrent: Bool

    public init(
        sampling: SamplingOptions = SamplingOptions(), maximumTokens: Int? = nil, contextLength: Int? = nil,
        systemPrompt: String = "", isConcurrent: Bool = false
    ) {
        self.sampling = sampling
        self.maximumTokens = maximumTokens
        self.contextLength = contextLength
        self.systemPrompt = systemPrompt
        self.isConcurrent = isConcurrent
    }
}
