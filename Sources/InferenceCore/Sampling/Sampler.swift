import CKernels

/// Chooses tokens: penalties, then top-k, top-p and min-p narrow the candidates, then one is drawn at the temperature.
struct Sampler: Sendable {
    private let steps: [any SamplerStep]
    private let temperature: Double
    private var generator: RandomGenerator
    private var history: TokenHistory

    init(_ parameters: SamplingParameters, prompt: some Sequence<TokenID>) {
        steps = Self.chain(parameters)
        temperature = parameters.temperature
        generator = RandomGenerator(seed: parameters.seed)
        history = TokenHistory(prompt: prompt)
    }

    /// The steps, in order, that the parameters ask for.
    static func chain(_ parameters: SamplingParameters) -> [any SamplerStep] {
        let penalties: [(any SamplerStep)?] = [Penalties(parameters)]
        let narrowing: [(any SamplerStep)?] = [TopK(parameters), TopP(parameters), MinP(parameters)]
        // A greedy choice takes the likeliest whatever else is kept.
        return (parameters.temperature > 0 ? penalties + narrowing : penalties).compactMap { $0 }
    }

    /// Chooses the token that follows, and remembers it: rows of logits are given in the order of their positions.
    /// - Parameters:
    ///   - logits: [vocabulary]; written to, but on return as they were.
    ///   - topLogprobs: how many of the likeliest tokens the choice lists.
    mutating func choose(_ logits: UnsafeMutableBufferPointer<Float>, topLogprobs: Int = 0) -> TokenChoice {
        let total = ck_log_sum_exp(logits.baseAddress, logits.count)
        var top: [Candidates.Candidate] = []
        if topLogprobs > 0 {
            var candidates = Candidates(logits: logits)
            candidates.keep(likeliest: topLogprobs)
            top = candidates.ranked()
        }
        // Penalties change logits, and log-probabilities are the model's own.
        let original = steps.contains { $0 is Penalties } ? Array(logits) : nil
        let id = next(logits)
        if let original { _ = logits.update(from: original) }
        return TokenChoice(
            id: id, logprob: Double(logits[Int(id)]) - total,
            top: top.map { .init(id: $0.id, logprob: Double($0.logit) - total) })
    }

    private mutating func next(_ logits: UnsafeMutableBufferPointer<Float>) -> TokenID {
        var candidates = Candidates(logits: logits)
        for step in steps { step.apply(to: &candidates, history: history) }
        let token = temperature > 0 ? draw(from: &candidates) : candidates.likeliest
        history.append(token)
        return token
    }

    private mutating func draw(from candidates: inout Candidates) -> TokenID {
        let ranked = candidates.ranked()
        guard let first = ranked.first else { return candidates.likeliest }
        let weights = ranked.map { exponential((Double($0.logit) - Double(first.logit)) / temperature) }
        var remaining = generator.nextUnit() * weights.reduce(0, +)
        for (candidate, weight) in zip(ranked, weights) {
            remaining -= weight
            if remaining < 0 { return candidate.id }
        }
        return first.id
    }
}
