/// What a sampler chose.
///
/// Log-probabilities are natural logarithms in the model's own distribution, before penalties and temperature.
struct TokenChoice: Equatable {
    var id: TokenID
    var logprob: Double
    /// Of the model's own distribution, in nats; nil unless alternatives were asked for.
    var entropy: Double?
    /// The likeliest tokens at this position, likeliest first.
    var top: [GeneratedToken.Candidate]
}
