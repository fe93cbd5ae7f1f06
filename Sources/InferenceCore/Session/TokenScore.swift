import CKernels

/// One token of a text that is given, as a model sees it (teacher forcing).
public struct TokenScore: Sendable, Equatable {
    public var id: TokenID
    /// Natural logarithm of the probability that the model gives the token, in its own distribution.
    public var logprob: Double
    /// 1 for the likeliest token of the vocabulary; of equal ones the lower id comes first.
    public var rank: Int
    /// Entropy of the model's distribution here, in nats.
    public var entropy: Double
    /// What the model held likeliest: what it would have said, were it greedy.
    public var favourite: GeneratedToken.Candidate
    /// Kullback-Leibler divergence of the leader's distribution from this one, KL(leader ‖ model), in nats; nil without a
    /// leader, and where either isn't a distribution.
    public var divergence: Double?
}

/// Scores tokens by the logits before them. Keeps its storage from token to token.
struct TokenScorer {
    private var candidates = Candidates()

    /// - Parameters:
    ///   - logits: [vocabulary]
    ///   - reference: the leader's logits, [vocabulary]; divergence is told over the tokens that both have.
    mutating func score(
        _ token: TokenID, by logits: UnsafeMutableBufferPointer<Float>, reference: UnsafeBufferPointer<Float>? = nil
    ) -> TokenScore {
        var entropy = 0.0
        let total = candidates.begin(logits, entropy: &entropy)
        let favourite = candidates.likeliest
        candidates.end()
        var divergence: Double?
        if let reference {
            let found = ck_divergence(reference.baseAddress, logits.baseAddress, min(reference.count, logits.count))
            divergence = found.isFinite ? found : nil
        }
        return TokenScore(
            id: token, logprob: Double(logits[Int(token)]) - total,
            rank: ck_rank(logits.baseAddress, logits.count, Int(token)), entropy: entropy,
            favourite: .init(id: favourite, logprob: Double(logits[Int(favourite)]) - total), divergence: divergence)
    }
}
