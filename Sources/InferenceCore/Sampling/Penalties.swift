/// Makes tokens that occurred less likely: the repetition penalty of Keskar et al. (2019) over prompt and answer, the
/// presence and frequency penalties of the OpenAI protocol over the answer.
struct Penalties: SamplerStep {
    let repetition: Float
    let presence: Float
    let frequency: Float

    /// Nil if nothing is penalized.
    init?(_ parameters: SamplingParameters) {
        repetition = Float(parameters.repetitionPenalty)
        presence = Float(parameters.presencePenalty)
        frequency = Float(parameters.frequencyPenalty)
        if repetition == 1, presence == 0, frequency == 0 { return nil }
    }

    func apply(to candidates: inout Candidates, history: TokenHistory) {
        if repetition != 1 {
            for id in history.prompt.union(history.generated.keys) {
                candidates.penalize(id) { $0 > 0 ? $0 / repetition : $0 * repetition }
            }
        }
        if presence != 0 || frequency != 0 {
            for (id, times) in history.generated {
                candidates.penalize(id) { $0 - presence - frequency * Float(times) }
            }
        }
    }
}
