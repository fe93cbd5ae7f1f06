/// Keeps the k likeliest tokens (Fan et al. 2018).
struct TopK: SamplerStep {
    let k: Int

    init?(_ parameters: SamplingParameters) {
        guard parameters.topK > 0 else { return nil }
        k = parameters.topK
    }

    func apply(to candidates: inout Candidates, history: TokenHistory) {
        candidates.keep(likeliest: k)
    }
}
