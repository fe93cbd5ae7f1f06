/// A share of trials that went one way, with how sure one can be of it.
public struct Proportion: Sendable, Equatable {
    /// Trials that went this way; halves stand for ties. From 0 to ``trials``.
    public let successes: Double
    public let trials: Int

    /// Nil without any trial.
    public init?(successes: Double, trials: Int) {
        guard trials > 0, (0...Double(trials)).contains(successes) else { return nil }
        self.successes = successes
        self.trials = trials
    }

    public var value: Double { successes / Double(trials) }

    /// The 95 % confidence interval, see ``interval(deviations:)``.
    public var interval: ClosedRange<Double> { interval(deviations: 1.959963984540054) }

    /// The confidence interval after Wilson (Journal of the American Statistical Association 22, 1927), which stays
    /// within 0 and 1 and is honest for few trials.
    ///
    /// - Parameter deviations: standard deviations of the normal distribution to either side, such as 1.96 for 95 %.
    public func interval(deviations z: Double) -> ClosedRange<Double> {
        let count = Double(trials)
        let center = (value + z * z / (2 * count)) / (1 + z * z / count)
        let half =
            z / (1 + z * z / count)
            * (value * (1 - value) / count + z * z / (4 * count * count)).squareRoot()
        return max(0, center - half)...min(1, center + half)
    }
}
