/// Chooses tokens: penalties, then top-k, top-p and min-p narrow the candidates, then one is drawn at the temperature.
struct Sampler {
    private let penalties: [any SamplerStep]
    private let narrowing: [any SamplerStep]
    private let temperature: Double
    private var generator: RandomGenerator
    private var history: TokenHistory
    /// Whether a step asks what came before.
    private let remembers: Bool
    private var candidates = Candidates()

    init(_ parameters: SamplingParameters, prompt: some Sequence<TokenID>) {
        penalties = Self.penalties(parameters)
        narrowing = Self.narrowing(parameters)
        temperature = parameters.temperature
        generator = RandomGenerator(seed: parameters.seed)
        remembers = (penalties + narrowing).contains { $0.usesHistory }
        history = remembers ? TokenHistory(prompt: prompt) : TokenHistory(prompt: [])
    }

    /// The steps, in order, that the parameters ask for.
    static func chain(_ parameters: SamplingParameters) -> [any SamplerStep] {
        penalties(parameters) + narrowing(parameters)
    }

    private static func penalties(_ parameters: SamplingParameters) -> [any SamplerStep] {
        [Penalties(parameters)].compactMap { $0 }
    }

    private static func narrowing(_ parameters: SamplingParameters) -> [any SamplerStep] {
        // A greedy choice takes the likeliest whatever else is kept.
        guard parameters.temperature > 0 else { return [] }
        let steps: [(any SamplerStep)?] = [TopK(parameters), TopP(parameters), MinP(parameters)]
        return steps.compactMap { $0 }
    }

    /// Chooses the token that follows, and remembers it: rows of logits are given in the order of their positions.
    /// - Parameters:
    ///   - logits: [vocabulary]; written to, but on return as they were.
    ///   - topLogprobs: how many of the likeliest tokens the choice lists; where it isn't 0, the entropy is measured too.
    mutating func choose(_ logits: UnsafeMutableBufferPointer<Float>, topLogprobs: Int = 0) -> TokenChoice {
        choose(logits, topLogprobs) { $0.choose() }
    }

    /// Chooses among the tokens that a constraint allows.
    /// - Throws: ``ConstraintError/noToken`` where it allows none.
    mutating func choose(
        _ logits: UnsafeMutableBufferPointer<Float>, topLogprobs: Int = 0, allowedBy matcher: ConstraintMatcher
    ) throws(ConstraintError) -> TokenChoice {
        var isNoneAllowed = false
        let choice = choose(logits, topLogprobs) { sampler in
            let choice = sampler.choose(allowedBy: matcher)
            isNoneAllowed = choice == nil
            return choice ?? 0
        }
        if isNoneAllowed { throw .noToken }
        return choice
    }

    private mutating func choose(
        _ logits: UnsafeMutableBufferPointer<Float>, _ topLogprobs: Int, _ pick: (inout Sampler) -> TokenID
    ) -> TokenChoice {
        var entropy = 0.0
        let total = topLogprobs > 0 ? candidates.begin(logits, entropy: &entropy) : candidates.begin(logits)
        let top = topLogprobs > 0 ? candidates.likeliest(topLogprobs) : []
        for step in penalties { step.apply(to: &candidates, history: history) }
        let id = pick(&self)
        candidates.end()
        if remembers { history.append(id) }
        return TokenChoice(
            id: id, logprob: Double(logits[Int(id)]) - total, entropy: topLogprobs > 0 ? entropy : nil,
            top: top.map { .init(id: $0.id, logprob: Double($0.logit) - total) })
    }

    private mutating func choose() -> TokenID {
        for step in narrowing { step.apply(to: &candidates, history: history) }
        return temperature > 0
            ? candidates.draw(temperature: temperature, using: &generator) : candidates.likeliest
    }

    /// Tokens that are tried one by one before the whole mask is found.
    private static let tried = 16

    /// Nil where no token is allowed.
    private mutating func choose(allowedBy matcher: ConstraintMatcher) -> TokenID? {
        if temperature <= 0 {
            // What a model wants most is nearly always allowed: no mask is needed then.
            let likeliest = candidates.likeliest
            if matcher.allows(likeliest) { return likeliest }
            for candidate in candidates.likeliest(Self.tried) where matcher.allows(candidate.id) {
                return candidate.id
            }
        }
        let mask = matcher.mask
        guard let first = mask.first else { return nil }
        candidates.keep(mask)
        let id = choose()
        // Where no allowed token's logit is a number, any of them is as good as another.
        return mask.contains(id) ? id : first
    }
}
