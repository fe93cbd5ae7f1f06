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
    /// Decoded tokens a second of the small model over those of the large one.
    public var decodeRate: Ratio?
    /// Memory of the large model over that of the small one.
    public var memory: Ratio?

    public init(small: Metrics, large: Metrics) {
        timeToFirstToken = Ratio(large.timeToFirstToken?.inSeconds, over: small.timeToFirstToken?.inSeconds)
        decodeRate = Ratio(small.decodeTokensPerSecond, over: large.decodeTokensPerSecond)
        memory = Ratio(large.memory.map { Double($0.total) }, over: small.memory.map { Double($0.total) })
    }

    /// One line such as "small: 6.1x faster to first token, 5.4x tokens/s, 9.8x less memory". Missing figures are left
    /// out; nil where all are missing.
    public var sentence: String? {
        let parts = [
            timeToFirstToken.map {
                Self.phrase(
                    $0, better: "faster to first token", worse: "slower to first token", even: "as fast to first token")
            },
            decodeRate.map { Self.phrase($0, better: "tokens/s", worse: "fewer tokens/s", even: "same tokens/s") },
            memory.map { Self.phrase($0, better: "less memory", worse: "more memory", even: "same memory") },
        ].compactMap { $0 }
        return parts.isEmpty ? nil : "small: " + parts.joined(separator: ", ")
    }

    private static func phrase(_ ratio: Ratio, better: String, worse: String, even: String) -> String {
        if ratio.isEven { return even }
        return "\(times(ratio.factor))x \(ratio.favoursSmall ? better : worse)"
    }

    /// One decimal up to 10, none above.
    private static func times(_ factor: Double) -> String {
        if factor >= 9.95 { return String(Int(min(factor, 1e9).rounded())) }
        let tenths = Int((factor * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
