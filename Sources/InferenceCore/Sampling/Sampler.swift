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

    /// Whether choosing a token writes to the logits.
    var changesLogits: Bool { steps.contains { $0 is Penalties } }

    /// The steps, in order, that the parameters ask for.
    static func chain(_ parameters: SamplingParameters) -> [any SamplerStep] {
        let penalties: [(any SamplerStep)?] = [Penalties(parameters)]
        let narrowing: [(any SamplerStep)?] = [TopK(parameters), TopP(parameters), MinP(parameters)]
        // A greedy choice takes the likeliest whatever else is kept.
        return (parameters.temperature > 0 ? penalties + narrowing : penalties).compactMap { $0 }
    }

    /// Chooses the next token and remembers it.
    /// - Parameter logits: [vocabulary]; penalties write to it.
    mutating func next(_ logits: UnsafeMutableBufferPointer<Float>) -> TokenID {
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
