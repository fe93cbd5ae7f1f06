/// Guesses for one generation: asks the drafters, watches what their guesses are worth, and gives way where they don't
/// pay.
struct Speculator {
    /// A pass takes at most eight tokens, the widest that streams weights straight from the file.
    static let widestPass = 8

    private struct Source {
        var drafter: any Drafter
        var length: DraftLength
    }

    private var sources: [Source]
    private var costs = PassCosts(widest: widestPass)
    /// Which source the current draft is from, and how long it took.
    private var current: (source: Int, seconds: Double)?
    private var seconds = 0.0
    private(set) var report = SpeculationReport()

    init(model: DraftModel?) {
        sources = [
            Source(drafter: PromptLookup(), length: DraftLength(longest: Self.widestPass - 1, acceptance: 0.7))
        ]
        if let model {
            sources.append(
                Source(drafter: model, length: DraftLength(longest: Self.widestPass - 1, acceptance: 0.8)))
        }
    }

    /// Guesses for what follows `tokens`, at most `limit`.
    mutating func draft(
        after tokens: [TokenID], limit: Int, cancellation: CancellationFlag
    ) throws -> [TokenID] {
        current = nil
        // Two passes of one token come first: they are what a draft has to be better than.
        guard report.passes >= 2 else { return [] }
        for index in sources.indices {
            let length = sources[index].length.next(costs, limit: limit)
            guard length > 0 else { continue }
            let start = ContinuousClock.now
            let guesses = try sources[index].drafter.draft(after: tokens, limit: length, cancellation: cancellation)
            let taken = (.now - start).inSeconds
            guard guesses.isEmpty else {
                current = (index, taken)
                return guesses
            }
            sources[index].length.record(seconds: taken, guesses: length)
            seconds += taken
        }
        return []
    }

    /// What the pass over the latest token and its draft gave.
    mutating func record(drafted: [TokenID], accepted: Int, pass: Duration) {
        costs.record(width: drafted.count + 1, seconds: pass.inSeconds)
        if let current {
            sources[current.source].length.record(
                drafted: drafted.count, accepted: accepted, seconds: current.seconds)
            seconds += current.seconds
        }
        seconds += pass.inSeconds
        report.passes += 1
        report.tokens += accepted + 1
        report.drafted += drafted.count
        report.accepted += accepted
        report.rejected = Array(drafted[accepted...])
        report.estimatedSpeedup = costs.single.map { Double(report.tokens) * $0 / seconds }
    }
}

extension Duration {
    /// The duration in seconds, as a floating-point number.
    var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
