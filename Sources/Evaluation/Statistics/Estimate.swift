import Chat

/// A figure with what it can be told to lie between.
public struct Estimate: Sendable, Equatable, Codable {
    public var value: Double
    /// The interval's ends, both the value itself where it is exact. Nil where so few examples bound it on that side by
    /// nothing.
    public var lower: Double?
    public var upper: Double?

    public init(_ value: Double, lower: Double?, upper: Double?) {
        self.value = value
        self.lower = lower
        self.upper = upper
    }

    /// A figure that was measured as a whole.
    public init(exactly value: Double) {
        self.init(value, lower: value, upper: value)
    }
}

extension Estimate {
    /// A share, with the interval after Wilson; nil without trials.
    init?(share successes: Double, of trials: Int, confidence: Double) {
        guard let proportion = Proportion(successes: successes, trials: trials) else { return nil }
        let interval = proportion.interval(deviations: NormalDistribution.deviations(around: confidence))
        self.init(proportion.value, lower: interval.lowerBound, upper: interval.upperBound)
    }

    /// The mean of independent values, with the interval of Student's t; nil without values. For values that are far from
    /// normal, as latencies are, it holds the better the more there are.
    init?(meanOf values: [Double], confidence: Double) {
        guard !values.isEmpty else { return nil }
        let spread = MeanSpread(values)
        self.init(meanOf: spread, count: values.count, confidence: confidence)
    }

    /// The mean of so many values that spread like these.
    init(meanOf spread: MeanSpread, count: Int, confidence: Double) {
        guard count > 1 else {
            self.init(spread.mean, lower: nil, upper: nil)
            return
        }
        let half =
            StudentDistribution.deviations(around: confidence, freedom: count - 1)
            * spread.deviation / Double(count).squareRoot()
        self.init(spread.mean, lower: spread.mean - half, upper: spread.mean + half)
    }

    /// A quantile by the nearest rank, with the interval between two of the values that holds whatever their
    /// distribution: the number of values below a quantile is binomial (Hahn and Meeker, Statistical Intervals, 1991,
    /// section 5.2). Nil without values.
    ///
    /// - Parameter quantile: above 0 and below 1.
    init?(quantile: Double, of values: [Double], confidence: Double) {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let error = (1 - confidence) / 2
        let count = sorted.count
        // A hair off, so that 0.95 · 20 isn't a little more than 19.
        let rank = min(count, max(1, Int((quantile * Double(count) - 1e-9).rounded(.up))))
        let upper = Bisection.first(from: 1, to: count + 1) {
            BinomialDistribution.atLeast($0, of: count, chance: quantile) <= error
        }
        let tooHigh = Bisection.first(from: 1, to: count + 1) {
            BinomialDistribution.atMost($0 - 1, of: count, chance: quantile) > error
        }
        self.init(
            sorted[rank - 1], lower: tooHigh > 1 ? sorted[tooHigh - 2] : nil,
            upper: upper <= count ? sorted[upper - 1] : nil)
    }

    /// One over a positive figure, such as items a second of seconds an item.
    var inverse: Estimate {
        Estimate(
            1 / value, lower: upper.map { 1 / $0 }, upper: lower.flatMap { $0 > 0 ? 1 / $0 : nil })
    }
}

/// How values lie around their mean.
struct MeanSpread: Equatable {
    var mean: Double
    /// The standard deviation of the population, estimated from the values; 0 for a single one.
    var deviation: Double

    /// - Parameter values: at least one.
    init(_ values: [Double]) {
        let count = Double(values.count)
        mean = values.reduce(0, +) / count
        let mean = mean
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        deviation = values.count > 1 ? (squares / (count - 1)).squareRoot() : 0
    }
}
