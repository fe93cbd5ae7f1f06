/// Guesses how a text goes on, and knows from experience what its guesses are worth.
protocol Drafter {
    /// What a draft for what follows `tokens` promises: tokens for the time of a pass of one. Below 1 none had better
    /// be made.
    mutating func prospect(after tokens: [TokenID], limit: Int, costs: PassCosts) -> Double

    /// Guesses, at most `limit`, as many as are likely to pay; follows a ``prospect(after:limit:costs:)`` for the same
    /// tokens.
    /// - Throws: `CancellationError`, and what computing a draft throws.
    mutating func draft(
        after tokens: [TokenID], limit: Int, costs: PassCosts, cancellation: CancellationFlag
    ) throws -> [TokenID]

    /// What making the latest draft took, in passes of one token.
    var cost: Double { get }

    /// How many guesses of the latest draft were right.
    mutating func record(accepted: Int, costs: PassCosts)
}
