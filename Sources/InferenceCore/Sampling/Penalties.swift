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

    var usesHistory: Bool { true }

    func apply(to candidates: inout Candidates, history: TokenHistory) {
        for entry in history.entries {
            candidates.penalize(entry.id) { logit in
                let weighed =
                    repetition == 1 ? logit : logit > 0 ? logit / repetition : logit * repetition
                return entry.generated > 0
                    ? weighed - presence - frequency * Float(entry.generated) : weighed
            }
        }
    }
}
