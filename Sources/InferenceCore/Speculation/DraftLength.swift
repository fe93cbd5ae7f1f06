/// Decides how many tokens to guess: as many as give the most tokens a second by what passes cost and guesses were
/// worth lately; none where they don't pay, but for a look now and then.
struct DraftLength {
    /// By place in a draft: how often a guess was right, given that all before it were; moving averages.
    private var acceptance: [Double]
    /// Seconds that one guess takes to make; a moving average.
    private var draftSeconds: Double
    /// Passes since the last look, and how many to let go by before the next.
    private var idle = 0
    private var pause = shortestPause
    private static let weight = 0.15
    private static let shortestPause = 8
    private static let longestPause = 64

    /// - Parameters:
    ///   - longest: guesses of the longest draft.
    ///   - acceptance: what to expect at first.
    init(longest: Int, acceptance: Double) {
        self.acceptance = Array(repeating: acceptance, count: longest)
        draftSeconds = 0
    }

    /// Guesses for the next pass.
    mutating func next(_ costs: PassCosts, limit: Int) -> Int {
        let best = best(costs, limit: limit)
        guard best == 0, limit > 0 else {
            idle = 0
            return best
        }
        idle += 1
        guard idle >= pause else { return 0 }
        idle = 0
        pause = min(2 * pause, Self.longestPause)
        return 1
    }

    private func best(_ costs: PassCosts, limit: Int) -> Int {
        var expectedTokens = 1.0
        var reach = 1.0
        var best = (length: 0, rate: 1 / costs.expected(width: 1))
        for length in 1...max(1, min(limit, acceptance.count)) where length <= limit {
            reach *= acceptance[length - 1]
            expectedTokens += reach
            let rate = expectedTokens / (costs.expected(width: length + 1) + Double(length) * draftSeconds)
            if rate > best.rate { best = (length, rate) }
        }
        return best.length
    }

    /// What became of a draft.
    mutating func record(drafted: Int, accepted: Int, seconds: Double) {
        for place in 0..<min(accepted, acceptance.count) { acceptance[place] += Self.weight * (1 - acceptance[place]) }
        if accepted < drafted, accepted < acceptance.count { acceptance[accepted] *= 1 - Self.weight }
        if accepted > 0 { pause = Self.shortestPause }
        record(seconds: seconds, guesses: drafted)
    }

    /// What making guesses took, also if nothing came of it.
    mutating func record(seconds: Double, guesses: Int) {
        let each = seconds / Double(max(guesses, 1))
        draftSeconds =
            draftSeconds == 0 ? each : draftSeconds + Self.weight * (min(each, 2 * draftSeconds) - draftSeconds)
    }
}
