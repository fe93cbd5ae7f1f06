/// What a backend is asked to answer.
public struct ChatRequest: Sendable, Equatable {
    /// How the backend turns the messages into a prompt.
    public enum Rendering: Sendable, Equatable {
        /// The model's own chat template; raw text, with a note, where the model has none.
        case chatTemplate
        /// The contents of the messages, joined, with no template at all.
        case raw
    }

    /// The whole conversation so far, oldest first; the last message is the one to answer.
    public var messages: [Message]
    /// How the answer begins already; generation goes on behind it. Tokens of it are not reported again, and count as
    /// part of the prompt.
    public var answerPrefix: AnswerText?
    public var sampling: SamplingOptions
    /// The answer ends after this many tokens at the latest; nil means "until the context is full".
    public var maximumTokens: Int?
    public var rendering: Rendering
    /// How many of the likeliest tokens each token event lists beside the chosen one; where it isn't 0, the entropy is
    /// reported too.
    public var topLogprobs: Int
    public var speculation: SpeculationMode
    /// Whether prompt tokens that are in the KV cache already may be used. Without them, repeats of a prompt measure
    /// the same work.
    public var usesCache: Bool
    /// What the answer must be; nil for any text.
    public var constraint: AnswerConstraint?

    public init(
        messages: [Message],
        sampling: SamplingOptions = SamplingOptions(),
        maximumTokens: Int? = nil,
        rendering: Rendering = .chatTemplate,
        topLogprobs: Int = 0,
        speculation: SpeculationMode = .off,
        answerPrefix: AnswerText? = nil,
        usesCache: Bool = true,
        constraint: AnswerConstraint? = nil
    ) {
        self.messages = messages
        self.constraint = constraint
        self.answerPrefix = answerPrefix
        self.usesCache = usesCache
        self.sampling = sampling
        self.maximumTokens = maximumTokens
        self.rendering = rendering
        self.topLogprobs = topLogprobs
        self.speculation = speculation
    }
}

/// An answer, or the beginning of one.
public enum AnswerText: Sendable, Equatable {
    /// Text that the backend divides into tokens itself.
    case text(String)
    /// Tokens of the backend's own vocabulary.
    case tokens([Int])
}

/// The sampler chain's parameters, in the field's standard names.
public struct SamplingOptions: Sendable, Equatable, Codable {
    /// Divides the logits; 0 is greedy.
    public var temperature: Double
    /// Keeps the k likeliest tokens; 0 keeps all.
    public var topK: Int
    /// Keeps the smallest set whose probabilities sum to at least p; 1 keeps all.
    public var topP: Double
    /// Drops tokens less likely than this share of the likeliest one; 0 drops none.
    public var minP: Double
    /// Divides (or multiplies, if negative) the logits of tokens seen before; 1 is off.
    public var repetitionPenalty: Double
    /// Subtracted once from the logit of every token generated before.
    public var presencePenalty: Double
    /// Subtracted from a token's logit once for every time it was generated.
    public var frequencyPenalty: Double
    /// The same seed gives the same text.
    public var seed: UInt64

    public init(
        temperature: Double = 0,
        topK: Int = 40,
        topP: Double = 0.95,
        minP: Double = 0.05,
        repetitionPenalty: Double = 1,
        presencePenalty: Double = 0,
        frequencyPenalty: Double = 0,
        seed: UInt64 = 0
    ) {
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
        self.minP = minP
        self.repetitionPenalty = repetitionPenalty
        self.presencePenalty = presencePenalty
        self.frequencyPenalty = frequencyPenalty
        self.seed = seed
    }
}
