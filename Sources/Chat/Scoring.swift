/// A backend that can be led through an answer it didn't give (teacher forcing) and says how likely it held each token.
public protocol Scoring: ChatBackend {
    /// Whether another backend's token ids mean the same here.
    func sharesVocabulary(with other: any ChatBackend) -> Bool

    /// Scores an answer to a request's last message. Ending the consuming task cancels it; a cancelled stream just ends.
    /// - Parameters:
    ///   - answer: what was answered. Tokens must be of this backend's vocabulary; text is divided by it.
    ///   - request: what was asked. Sampling, limits and prefix have no part in it.
    ///   - leader: the backend that gave the answer; where it is local and has the same vocabulary, each token carries the
    ///     Kullback-Leibler divergence between both.
    func score(
        _ answer: AnswerText, to request: ChatRequest, against leader: (any ChatBackend)?
    ) -> AsyncThrowingStream<ScoringEvent, any Error>
}

/// What happens while an answer is scored.
public enum ScoringEvent: Sendable, Equatable {
    /// The answer has so many tokens here; `sharesVocabulary` says whether divergences can be told.
    case started(tokens: Int, sharesVocabulary: Bool)
    /// The next token, in order.
    case token(ScoredToken)
}

/// One token of an answer, as another model sees it.
public struct ScoredToken: Sendable, Equatable, Codable {
    public var id: Int
    /// Text that this token completes.
    public var text: String
    /// Natural logarithm of the probability that the model gives the token, in its own distribution.
    public var logprob: Double
    /// 1 for the likeliest token of the vocabulary.
    public var rank: Int
    /// Entropy of the model's distribution here, in nats.
    public var entropy: Double
    /// What the model itself held likeliest.
    public var favourite: ChatToken.Alternative
    /// KL(leader ‖ this model) here, in nats; nil where the vocabularies differ.
    public var divergence: Double?

    public init(
        id: Int, text: String, logprob: Double, rank: Int, entropy: Double, favourite: ChatToken.Alternative,
        divergence: Double? = nil
    ) {
        self.id = id
        self.text = text
        self.logprob = logprob
        self.rank = rank
        self.entropy = entropy
        self.favourite = favourite
        self.divergence = divergence
    }

    /// Whether the model would have chosen the same token, were it greedy.
    public var agrees: Bool { rank == 1 }
}
