/// Guesses how a sequence goes on.
protocol Drafter {
    /// At most `limit` guesses for what follows `tokens`; none if there is nothing to go by.
    /// - Throws: `CancellationError`, and what computing a draft throws.
    mutating func draft(after tokens: [TokenID], limit: Int, cancellation: CancellationFlag) throws -> [TokenID]
}
