/// Keeps tokens at least p times as likely as the likeliest (Nguyen et al. 2024).
struct MinP: SamplerStep {
    let distance: Float

    init?(_ parameters: SamplingParameters) {
        guard parameters.minP > 0 else { return nil }
        // p_i >= p * p_max is a distance between logits, so no probabilities need be computed.
        distance = Float(-logarithm(min(parameters.minP, 1)))
    }

    func apply(to candidates: inout Candidates, history: TokenHistory) {
        candidates.keep(within: distance)
    }
}
