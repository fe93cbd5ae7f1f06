/// Guesses by prompt lookup: the more of the latest tokens stood at a place before, the likelier the text goes on as
/// it did there.
struct LookupDrafter: Drafter {
    private var lookup = PromptLookup()
    private var match: PromptLookup.Match?
    /// Guesses that the latest prospect was for, and that were made.
    private var planned = 0
    private var made = 0
    /// By the number of tokens that agree, in classes.
    private var odds = Self.expectations.map { Odds($0) }
    /// Upper ends of the classes, and how often guesses of each are right, on the whole, in code, data and prose.
    private static let classes = [1, 3, 5, 8, 15]
    private static let expectations = [0.4, 0.5, 0.7, 0.75, 0.85, 0.85]

    private func classIndex(_ agreed: Int) -> Int {
        Self.classes.firstIndex { agreed <= $0 } ?? Self.classes.count
    }

    mutating func prospect(after tokens: [TokenID], limit: Int, costs: PassCosts) -> Double {
        match = lookup.match(tokens)
        planned = 0
        guard let match else { return 0 }
        var best = 1.0
        var expected = 1.0
        var reach = 1.0
        for place in 0..<limit {
            reach *= odds[classIndex(match.length + place)].value
            expected += reach
            let rate = expected / costs.relative(width: place + 2)
            if rate > best { (best, planned) = (rate, place + 1) }
        }
        // What isn't tried for a while may have changed.
        if planned == 0 { odds[classIndex(match.length)].fade() }
        return planned > 0 ? best : 0
    }

    mutating func draft(
        after tokens: [TokenID], limit: Int, costs: PassCosts, cancellation: CancellationFlag
    ) -> [TokenID] {
        guard let match else { return [] }
        made = min(planned, limit)
        return PromptLookup.continuation(tokens, after: match, count: made)
    }

    /// Looking up takes microseconds.
    var cost: Double { 0 }

    mutating func record(accepted: Int, costs: PassCosts) {
        guard let match else { return }
        for place in 0..<min(made, accepted + 1) {
            odds[classIndex(match.length + place)].record(place < accepted)
        }
    }
}
