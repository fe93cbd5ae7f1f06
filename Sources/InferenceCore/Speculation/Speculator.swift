/// Guesses for one generation: asks the drafter that promises most, watches what guesses bring, and gives way where
/// they don't pay.
struct Speculator {
    /// A pass takes at most eight tokens, the widest that streams weights straight from the file.
    static let widestPass = 8

    private var drafters: [any Drafter]
    private var costs = PassCosts(widest: widestPass)
    /// The drafter of the current draft.
    private var current: Int?
    /// Time so far, in passes of one token.
    private var spent = 0.0
    private var passesSinceSingle = 0
    private(set) var report = SpeculationReport()

    /// Guesses may have cost so many passes more than they brought, and this share of the tokens beyond that: with
    /// what the draft costs that uses it up, less than a twentieth of 128 tokens.
    private static let advance = 3.0
    private static let share = 0.015
    /// However good guesses are, what they save is known only from a pass without any now and then.
    private static let longestWithoutSingle = 48

    init(_ drafters: [any Drafter]) {
        self.drafters = drafters
    }

    /// Guesses for what follows `tokens`, at most `limit`.
    mutating func draft(
        after tokens: [TokenID], limit: Int, cancellation: CancellationFlag
    ) throws -> [TokenID] {
        current = nil
        // Two passes of one token come first: they are what a draft has to be better than.
        guard limit > 0, report.passes >= 2, passesSinceSingle < Self.longestWithoutSingle, isAffordable else {
            return []
        }
        var best = 1.0
        for index in drafters.indices {
            let prospect = drafters[index].prospect(after: tokens, limit: limit, costs: costs)
            if prospect > best { (best, current) = (prospect, index) }
        }
        guard let current else { return [] }
        return try drafters[current].draft(after: tokens, limit: limit, costs: costs, cancellation: cancellation)
    }

    /// Whether guesses haven't lost more than they may.
    private var isAffordable: Bool {
        spent - Double(report.tokens) < Self.advance + Self.share * Double(report.tokens)
    }

    /// What the pass over the latest token and its draft gave.
    mutating func record(drafted: [TokenID], accepted: Int, pass: Duration) {
        costs.record(width: drafted.count + 1, seconds: pass.inSeconds)
        spent += costs.relative(width: drafted.count + 1)
        if let current {
            drafters[current].record(accepted: accepted, costs: costs)
            spent += drafters[current].cost
        }
        passesSinceSingle = drafted.isEmpty ? 0 : passesSinceSingle + 1
        report.passes += 1
        report.tokens += accepted + 1
        report.drafted += drafted.count
        report.accepted += accepted
        report.rejected = Array(drafted[accepted...])
        report.estimatedSpeedup = spent > 0 ? Double(report.tokens) / spent : nil
    }
}

extension Duration {
    /// The duration in seconds, as a floating-point number.
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
