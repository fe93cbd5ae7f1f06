import Chat

/// A share with its 95 % interval after Wilson, as files carry it.
public struct ShareFigures: Sendable, Equatable, Codable {
    public var value: Double
    public var low: Double
    public var high: Double
    public var trials: Int

    /// Nil for nil.
    public init?(_ proportion: Proportion?) {
        guard let proportion else { return nil }
        value = proportion.value
        low = proportion.interval.lowerBound
        high = proportion.interval.upperBound
        trials = proportion.trials
    }
}
