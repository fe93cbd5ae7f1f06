import Chat

extension Metrics {
    /// The medians over repeats of the same run; nil for none. The gaps are those of all repeats, the counts the
    /// first's, and the memory is the most that was seen.
    init?(medianOf repeats: [Metrics]) {
        guard let first = repeats.first else { return nil }
        self = first
        guard repeats.count > 1 else { return }
        loadDuration = repeats.map(\.loadDuration).median ?? first.loadDuration
        timeToFirstToken = repeats.compactMap(\.timeToFirstToken).median
        timeToFirstOutput = repeats.compactMap(\.timeToFirstOutput).median
        prefillDuration = repeats.compactMap(\.prefillDuration).median
        // Rates follow from the times after the first token, so it is those whose medians are taken.
        timeToLastToken = Self.sum(timeToFirstToken, repeats.compactMap { $0.sinceFirstToken(\.timeToLastToken) })
        totalDuration = Self.sum(timeToFirstToken, repeats.compactMap { $0.sinceFirstToken(\.totalDuration) })
        gaps = repeats.flatMap(\.gaps)
        memory = repeats.compactMap(\.memory).max { $0.total < $1.total }
        resources = ResourceUse(medianOf: repeats.compactMap(\.resources))
    }

    private func sinceFirstToken(_ time: KeyPath<Metrics, Duration?>) -> Duration? {
        guard let time = self[keyPath: time], let timeToFirstToken else { return nil }
        return time - timeToFirstToken
    }

    private static func sum(_ start: Duration?, _ rest: [Duration]) -> Duration? {
        guard let start, let rest = rest.median else { return nil }
        return start + rest
    }
}

extension ResourceUse {
    /// The medians; of energy only if each use was measured, else the first reason why one wasn't. Nil for none.
    fileprivate init?(medianOf uses: [ResourceUse]) {
        guard let first = uses.first, let processorTime = uses.map(\.processorTime).median,
            let elapsed = uses.map(\.elapsed).median
        else { return nil }
        let unmeasured = uses.map(\.energy).first { if case .unavailable = $0 { true } else { false } }
        self.init(processorTime: processorTime, elapsed: elapsed, energy: unmeasured ?? first.energy)
        let joules = uses.compactMap { use in
            if case .measured(let joules, _) = use.energy { joules } else { nil }
        }
        if case .measured(_, let domain) = energy, let median = joules.median {
            energy = .measured(joules: median, domain: domain)
        }
    }
}

extension [Duration] {
    /// The middle one, or the mean of the middle two; nil for none.
    var median: Duration? {
        let sorted = sorted()
        guard let upper = sorted.dropFirst(count / 2).first else { return nil }
        return count.isMultiple(of: 2) ? (sorted[count / 2 - 1] + upper) / 2 : upper
    }
}

extension [Double] {
    /// The middle one, or the mean of the middle two; nil for none.
    var median: Double? {
        let sorted = sorted()
        guard let upper = sorted.dropFirst(count / 2).first else { return nil }
        return count.isMultiple(of: 2) ? (sorted[count / 2 - 1] + upper) / 2 : upper
    }
}
