/// Keeps the smallest set of likeliest tokens whose probabilities sum to p (Holtzman et al. 2020).
struct TopP: SamplerStep {
    let p: Double

    init?(_ parameters: SamplingParameters) {
        guard parameters.topP < 1 else { return nil }
        p = max(parameters.topP, 0)
    }

    func apply(to candidates: inout Candidates, history: TokenHistory) {
        candidates.keep(probability: p)
    }
}
