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
    /// Whether the models check guesses, several tokens in one pass: the small model's for the large one where their
    /// vocabularies agree, and those that prompt and answer suggest.
    public var speculates: Bool

    public init(
        sampling: SamplingOptions = SamplingOptions(), maximumTokens: Int? = nil, contextLength: Int? = nil,
        systemPrompt: String = "", isConcurrent: Bool = false, speculates: Bool = false
    ) {
        self.sampling = sampling
        self.maximumTokens = maximumTokens
        self.contextLength = contextLength
        self.systemPrompt = systemPrompt
        self.isConcurrent = isConcurrent
        self.speculates = speculates
    }
}
