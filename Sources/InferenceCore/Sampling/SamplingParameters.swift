/// How the next token is chosen. The defaults are greedy.
public struct SamplingParameters: Sendable, Equatable {
    /// Divides the logits; 0 always takes the likeliest token.
    public var temperature: Double = 0
    /// Keeps the k likeliest tokens; 0 keeps all.
    public var topK = 40
    /// Keeps the smallest set of likeliest tokens whose probabilities sum to at least p (Holtzman et al. 2020).
    public var topP = 0.95
    /// Keeps tokens at least this likely, relative to the likeliest (Nguyen et al. 2024).
    public var minP = 0.05
    /// Divides positive logits of tokens that occurred, multiplies negative ones (Keskar et al. 2019); 1 is off.
    public var repetitionPenalty: Double = 1
    /// Subtracted from the logits of tokens that were generated.
    public var presencePenalty: Double = 0
    /// Subtracted from a token's logit for each time it was generated.
    public var frequencyPenalty: Double = 0
    /// The same seed, prompt and parameters give the same tokens.
    public var seed: UInt64 = 0

    public init() {}
}
