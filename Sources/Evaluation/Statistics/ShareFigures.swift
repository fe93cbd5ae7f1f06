import Chat

/// A share with its interval, as documents carry it.
public struct ShareFigures: Sendable, Equatable, Codable {
    public var value: Double
    /// The 95 % interval after Wilson.
    public var low: Double
    public var high: Double
    public var trials: Int

    public init(_ proportion: Proportion) {
        value = proportion.value
        low = proportion.interval.lowerBound
        high = proportion.interval.upperBound
        trials = proportion.trials
    }

    /// Nil without any trial.
    public init?(successes: Int, trials: Int) {
        guard let proportion = Proportion(successes: Double(successes), trials: trials) else { return nil }
        self.init(proportion)
    }

    /// "81.2 % (78.9 – 83.4)".
    public var text: String {
        "\(Self.percent(value)) % (\(Self.percent(low)) – \(Self.percent(high)))"
    }

    /// "81.2".
    public static func percent(_ share: Double) -> String { FigureText.fixed(share * 100, places: 1) }
}
