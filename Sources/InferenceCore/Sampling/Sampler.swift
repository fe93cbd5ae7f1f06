/// Chooses tokens: penalties, then top-k, top-p and min-p narrow the candidates, then one is drawn at the temperature.
struct Sampler {
    private let steps: [any SamplerStep]
    private let temperature: Double
    private var generator: RandomGenerator
    private var history: TokenHistory
    /// Whether a step asks what came before.
    private let remembers: Bool
    private var candidates = Candidates()

    init(_ parameters: SamplingParameters, prompt: some Sequence<TokenID>) {
        steps = Self.chain(parameters)
        temperature = parameters.temperature
        generator = RandomGenerator(seed: parameters.seed)
        remembers = steps.contains { $0.usesHistory }
        history = remembers ? TokenHistory(prompt: prompt) : TokenHistory(prompt: [])
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
    ///   - topLogprobs: how many of the likeliest tokens the choice lists; where it isn't 0, the entropy is measured too.
    mutating func choose(_ logits: UnsafeMutableBufferPointer<Float>, topLogprobs: Int = 0) -> TokenChoice {
        var entropy = 0.0
        let total = topLogprobs > 0 ? candidates.begin(logits, entropy: &entropy) : candidates.begin(logits)
        let top = topLogprobs > 0 ? candidates.likeliest(topLogprobs) : []
        for step in steps { step.apply(to: &candidates, history: history) }
        let id =
            temperature > 0
            ? candidates.draw(temperature: temperature, using: &generator) : candidates.likeliest
        candidates.end()
        if remembers { history.append(id) }
        return TokenChoice(
            id: id, logprob: Double(logits[Int(id)]) - total, entropy: topLogprobs > 0 ? entropy : nil,
            top: top.map { .init(id: $0.id, logprob: Double($0.logit) - total) })
    }
}
