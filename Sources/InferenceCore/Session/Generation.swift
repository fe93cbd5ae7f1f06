/// What to generate.
public struct GenerationOptions: Sendable, Equatable {
    public var sampling = SamplingParameters()
    /// The answer ends after so many tokens at the latest; nil means when the context is full.
    public var maximumTokens: Int?
    /// Go on past the tokens with which the model ends its turn.
    public var ignoresEndOfGeneration = false
    /// How many of the likeliest tokens each ``GeneratedToken`` lists; where it isn't 0, it has the entropy too.
    public var topLogprobs = 0
    /// Whether and how several tokens are guessed and then checked in one pass. The text doesn't depend on it.
    public var speculation = Speculation.off
    /// What the answer has to be; bound to the model's vocabulary. Tokens are chosen among those that it allows, and the
    /// answer ends as soon as nothing more can follow. An answer that ``maximumTokens`` or the context cuts off is only
    /// the beginning of one that satisfies it. Log-probabilities stay those of the model's own distribution.
    public var constraint: TokenConstraint?
    /// What the prompt ends with that belongs to the answer already, as bytes: the constraint reads it first.
    public var answerPrefix: [UInt8] = []
    /// Whether what the KV cache holds of the prompt is used; otherwise all of it is computed anew.
    public var usesCache = true

    public init(sampling: SamplingParameters = SamplingParameters(), maximumTokens: Int? = nil, topLogprobs: Int = 0) {
        self.sampling = sampling
        self.maximumTokens = maximumTokens
        self.topLogprobs = topLogprobs
    }
}

/// What happens during a generation, in order, with the time at which it happened on the computing thread.
public enum GenerationEvent: Sendable, Equatable {
    /// The run begins: `tokens` in the prompt, `cached` of them in the KV cache already.
    case prompt(tokens: Int, cached: Int)
    /// So many of the tokens that had to be computed are computed.
    case prefill(computed: Int, of: Int, at: ContinuousClock.Instant)
    case token(GeneratedToken)
    /// What guesses brought so far; after every pass that checked some.
    case speculation(SpeculationReport)
    /// The last event.
    case finished(GenerationEnd, at: ContinuousClock.Instant)
}

/// One sampled token.
public struct GeneratedToken: Sendable, Equatable {
    /// A token and its natural-log probability in the model's own distribution, before penalties and temperature.
    public struct Candidate: Sendable, Equatable {
        public var id: TokenID
        public var logprob: Double
    }

    public var id: TokenID
    /// Whether it had been guessed, and came out of a pass together with the tokens before it.
    public var isDrafted = false
    /// Text that this token completes: empty while a UTF-8 sequence is incomplete, and for special tokens.
    public var text: String
    public var logprob: Double
    /// Entropy of the model's own distribution at this step, in nats; nil unless ``GenerationOptions/topLogprobs`` asks
    /// for alternatives.
    public var entropy: Double?
    /// The likeliest tokens at this step, likeliest first.
    public var top: [Candidate]
    /// When it was sampled.
    public var instant: ContinuousClock.Instant
}

/// Why a generation ended.
public enum GenerationEnd: Sendable, Equatable {
    /// The model ended its turn, or the constraint lets nothing more follow.
    case endOfGeneration
    /// The asked number of tokens was reached.
    case maximumTokens
    /// The context holds no more.
    case contextFull
}
