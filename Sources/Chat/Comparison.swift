/// How the small model's figures stand against the large model's.
public struct Comparison: Sendable, Equatable {
    /// One figure of both models.
    public struct Ratio: Sendable, Equatable {
        /// How many times better the small model is; below 1 it is worse. Always finite and above 0.
        public var advantage: Double

        /// Nil where a figure is missing, 0 or not a number.
        init?(_ numerator: Double?, over denominator: Double?) {
            guard let numerator, let denominator, numerator > 0, denominator > 0 else { return nil }
            advantage = numerator / denominator
            guard advantage.isFinite, advantage > 0 else { return nil }
        }

        /// The ratio at or above 1, whichever model is better.
        public var factor: Double { max(advantage, 1 / advantage) }
        /// Nobody is better by as much as one decimal shows.
        public var isEven: Bool { factor < 1.05 }
        public var favoursSmall: Bool { advantage > 1 }
    }

    /// TTFT of the large model over that of the small one.
    public var timeToFirstToken: Ratio?
    /// TTFO of the large model over that of the small one; nil while one of them thinks, and where it never got further.
    public var timeToFirstOutput: Ratio?
    /// Whether one of the models thought before it answered. Then the first token says nothing of the answer.
    public var hasThoughts = false
    /// Decoded tokens a second of the small model over those of the large one.
    public var decodeRate: Ratio?
    /// Memory of the large model over that of the small one.
    public var memory: Ratio?
    /// Cost of the large model's answer over that of the small one's, where both have a price in the same currency.
    public var cost: Ratio?
    /// Whether one of the costs is an estimate.
    public var isCostEstimated = false

    public init(small: Metrics, large: Metrics) {
        timeToFirstToken = Ratio(large.timeToFirstToken?.inSeconds, over: small.timeToFirstToken?.inSeconds)
        timeToFirstOutput = Ratio(large.timeToFirstOutput?.inSeconds, over: small.timeToFirstOutput?.inSeconds)
        hasThoughts = small.startsWithThoughts || large.startsWithThoughts
        // Chunks of a server that may be several tokens have no rate in tokens.
        let rates = [small, large].map { $0.countsChunks ? nil : $0.decodeTokensPerSecond }
        decodeRate = Ratio(rates[0], over: rates[1])
        memory = Ratio(large.memory.map { Double($0.total) }, over: small.memory.map { Double($0.total) })
        guard let ours = small.cost, let theirs = large.cost, ours.currency == theirs.currency else { return }
        cost = Ratio(theirs.amount, over: ours.amount)
        isCostEstimated = ours.isEstimate || theirs.isEstimate
    }

    /// One line such as "small: 6.1x faster to first token, 5.4x tokens/s, 9.8x less memory, 12x cheaper". Missing figures
    /// are left out; nil where all are missing.
    public var sentence: String? {
        Self.join([
            hasThoughts
                ? timeToFirstOutput?.phrase("faster to its answer", "slower to its answer", "as fast to its answer")
                : timeToFirstToken?.phrase("faster to first token", "slower to first token", "as fast to first token"),
            decodeRate.map { $0.phrase("tokens/s", "fewer tokens/s", "same tokens/s") },
            memory.map { $0.phrase("less memory", "more memory", "same memory") },
            costPhrase,
        ]).map { "small: " + $0 }
    }

    /// The same in few columns, without its subject: "6.1x faster, 5.4x tok/s, 9.8x smaller".
    public var briefSentence: String? {
        Self.join([
            (hasThoughts ? timeToFirstOutput : timeToFirstToken)?.phrase("faster", "slower", "as fast"),
            decodeRate.map { $0.phrase("tok/s", "fewer tok/s", "same tok/s") },
            memory.map { $0.phrase("smaller", "larger", "same size") },
            costPhrase,
        ])
    }

    /// "12x cheaper", or "~12x cheaper" where a cost is an estimate.
    private var costPhrase: String? {
        cost.map { (isCostEstimated ? "~" : "") + $0.phrase("cheaper", "dearer", "same cost") }
    }

    private static func join(_ parts: [String?]) -> String? {
        let known = parts.compactMap { $0 }
        return known.isEmpty ? nil : known.joined(separator: ", ")
    }
}

extension Comparison.Ratio {
    /// "6.1x less memory": the factor and the words for better or worse; the words for even stand alone.
    fileprivate func phrase(_ better: String, _ worse: String, _ even: String) -> String {
        isEven ? even : "\(Self.times(factor))x \(favoursSmall ? better : worse)"
    }

    /// One decimal up to 10, none above.
    private static func times(_ factor: Double) -> String {
        if factor >= 9.95 { return String(Int(min(factor, 1e9).rounded())) }
        let tenths = Int((factor * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
