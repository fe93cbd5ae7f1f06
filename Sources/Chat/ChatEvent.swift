/// What happens while a backend answers, in order. Every time is measured from the start of the request's clock,
/// which starts before the prompt is rendered, so that whoever listens needs no clock of its own.
public enum ChatEvent: Sendable, Equatable {
    /// How far the request to a server has come. Sent whenever a step is done.
    case request(RequestTimeline)
    /// The prompt is rendered and tokenized; nothing is computed yet.
    case prompt(PromptSummary)
    /// Prompt tokens computed so far (cached ones not among them).
    case prefill(computed: Int, of: Int, at: Duration)
    /// One sampled token, or a chunk of some. Its text may be empty while a UTF-8 sequence is incomplete.
    case token(ChatToken)
    /// What guesses brought so far.
    case speculation(SpeculationFigures)
    /// What the model holds in memory now.
    case memory(MemoryUse)
    /// What the server says of its own work, as far as it has said it.
    case server(ServerReport)
    /// What the run took of the machine so far.
    case resources(ResourceUse)
    /// Something the user should know: a fallback, a truncation.
    case note(String)
    /// The last event of a run that wasn't cancelled.
    case finished(FinishReason, at: Duration)
}

/// How long the prompt is and how much of it was already in the KV cache.
public struct PromptSummary: Sendable, Equatable {
    /// All tokens of the prompt.
    public var tokens: Int
    /// The part of them that need not be computed again.
    public var cachedTokens: Int

    public init(tokens: Int, cachedTokens: Int) {
        self.tokens = tokens
        self.cachedTokens = cachedTokens
    }
}

/// One sampled token, or a chunk of some.
public struct ChatToken: Sendable, Equatable {
    /// What a token is part of.
    public enum Channel: String, Sendable, Equatable, Codable {
        case answer
        /// What the model thinks before it answers.
        case reasoning
    }

    /// A token that could have been chosen, and how likely the model held it.
    public struct Alternative: Sendable, Equatable, Codable {
        /// The token's id, where the backend knows it.
        public var id: Int?
        public var text: String
        public var logprob: Double

        public init(id: Int?, text: String, logprob: Double) {
            self.id = id
            self.text = text
            self.logprob = logprob
        }
    }

    /// Whether an alternative is this token: the same id, or the same text where ids aren't known.
    public func isSame(as alternative: Alternative) -> Bool {
        guard let id, let other = alternative.id else { return alternative.text == text }
        return id == other
    }

    /// The token's id, where the backend knows it.
    public var id: Int?
    /// Text that this token completes.
    public var text: String
    /// Natural logarithm of the probability in the model's own distribution, before penalties and temperature.
    public var logprob: Double?
    /// Entropy of the model's own distribution at this step, in nats; nil unless asked for with alternatives.
    public var entropy: Double?
    /// The likeliest tokens at this step, likeliest first; empty unless asked for.
    public var alternatives: [Alternative]
    /// Whether it had been guessed before the model chose it.
    public var isDrafted: Bool
    public var channel: Channel
    /// Whether it may be several tokens: text that a server sent at once without saying which tokens it is.
    public var isChunk: Bool
    /// When it was sampled, from the start of the request's clock.
    public var at: Duration

    public init(
        id: Int? = nil, text: String, logprob: Double? = nil, entropy: Double? = nil,
        alternatives: [Alternative] = [], isDrafted: Bool = false, channel: Channel = .answer, isChunk: Bool = false,
        at: Duration
    ) {
        self.id = id
        self.text = text
        self.logprob = logprob
        self.entropy = entropy
        self.alternatives = alternatives
        self.isDrafted = isDrafted
        self.channel = channel
        self.isChunk = isChunk
        self.at = at
    }
}

/// Why an answer ended.
public enum FinishReason: String, Sendable, Equatable, Codable {
    /// The model ended its turn.
    case stop
    /// The asked number of tokens was reached.
    case length
    /// The context is full.
    case contextFull = "context_full"
    /// The model, or a filter in front of it, refuses to go on.
    case refusal
    /// The model wants a tool to be called, which nobody here does.
    case toolCall = "tool_call"
    /// The user stopped it.
    case cancelled
}
