import Chat

/// What holds for all panes.
public struct Settings: Sendable, Equatable {
    /// Whether the panes answer at the same time and share the machine; otherwise each measurement has it alone.
    public var isConcurrent: Bool
    /// Whether the models check guesses, several tokens in one pass: the small model's for the large one where their
    /// vocabularies agree, and those that prompt and answer suggest.
    public var speculates: Bool
    /// Whether answers are shown as the Markdown that they are, rather than letter by letter.
    public var showsMarkdown: Bool
    /// Whether what models think stays in sight once they answer.
    public var showsThoughts: Bool
    /// What the colours of an answer's tokens tell.
    public var heat: Heat
    /// Whether the program listens to the mouse; otherwise the terminal's own selection works.
    public var usesMouse: Bool
    /// What panes begin with that are opened later.
    public var pane: PaneSettings

    public init(
        isConcurrent: Bool = false, speculates: Bool = false, showsMarkdown: Bool = true, showsThoughts: Bool = false,
        heat: Heat = .off, usesMouse: Bool = true, pane: PaneSettings = PaneSettings()
    ) {
        self.isConcurrent = isConcurrent
        self.speculates = speculates
        self.showsMarkdown = showsMarkdown
        self.showsThoughts = showsThoughts
        self.heat = heat
        self.usesMouse = usesMouse
        self.pane = pane
    }
}

/// What one pane's model is asked with.
public struct PaneSettings: Sendable, Equatable {
    public var sampling: SamplingOptions
    /// The answer ends after this many tokens at the latest; nil means "until the context is full".
    public var maximumTokens: Int?
    /// Tokens of context that the model is opened with; nil is the program's default.
    public var contextLength: Int?
    public var systemPrompt: String
    /// What the answers must be; nil for anything.
    public var rule: AnswerRule?

    public init(
        sampling: SamplingOptions = SamplingOptions(), maximumTokens: Int? = nil, contextLength: Int? = nil,
        systemPrompt: String = "", rule: AnswerRule? = nil
    ) {
        self.rule = rule
        self.sampling = sampling
        self.maximumTokens = maximumTokens
        self.contextLength = contextLength
        self.systemPrompt = systemPrompt
    }
}

/// What the colours of an answer's tokens tell.
public enum Heat: String, Sendable, Equatable, CaseIterable {
    case off
    /// How unlikely the model held the token.
    case logprob
    /// How long the token took, measured by the answer's median.
    case latency
}
