/// Where guesses of the next tokens come from, several of which the model then checks in one pass (Leviathan et al.
/// 2023, Chen et al. 2023).
///
/// The text is the same with and without: every token is chosen by the sampler from the model's own logits, with the
/// same random numbers, and a guess only counts if it is the token that was chosen. So greedy text is identical, and
/// sampled text is too, for every seed. What changes is the time.
public enum Speculation: Sendable, Equatable {
    /// One token a pass.
    case off
    /// Guesses that the text goes on as it did after the last place where the latest tokens stood (Saxena 2023). Costs
    /// next to nothing; pays where an answer repeats its prompt: edits, extraction, code.
    case promptLookup
    /// Prompt lookup, and where it finds nothing, a smaller model of the same vocabulary.
    case draft(Model)

    public static func == (first: Speculation, second: Speculation) -> Bool {
        switch (first, second) {
        case (.off, .off), (.promptLookup, .promptLookup): true
        case (.draft(let first), .draft(let second)): first === second
        default: false
        }
    }
}

/// What speculation brought so far in one generation.
public struct SpeculationReport: Sendable, Equatable {
    /// Tokens that were guessed, and checked in a pass.
    public var drafted = 0
    /// The part of them that the sampler chose too.
    public var accepted = 0
    /// Passes of the model since the prompt, those without guesses among them.
    public var passes = 0
    /// Tokens that those passes gave.
    public var tokens = 0
    /// The latest guesses that were wrong, with all that had been built on them.
    public var rejected: [TokenID] = []
    /// Tokens a second relative to one token a pass: an estimate from this generation's own single-token passes, nil
    /// while there are none.
    public var estimatedSpeedup: Double?

    public init() {}

    public var tokensPerPass: Double { passes > 0 ? Double(tokens) / Double(passes) : 0 }
}
