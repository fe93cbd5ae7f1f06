import Chat

/// What a candidate has to reach.
public struct Requirement: Sendable, Equatable, Codable {
    /// How a requirement stands for one candidate.
    public enum Standing: String, Sendable, Equatable, Codable {
        /// The whole interval is on the right side.
        case met
        /// The whole interval is on the wrong side.
        case missed
        /// The bound lies within the interval: more examples would tell.
        case undecided
        /// Nobody can say, however many examples there are: a server's memory, a cost without a price.
        case unmeasured
    }

    public var measure: Measure
    /// At least or at most this, in the measure's unit; as ``Measure/isBetterHigher`` says.
    public var bound: Double

    public init(_ measure: Measure, _ bound: Double) {
        self.measure = measure
        self.bound = bound
    }

    public func standing(of estimate: Estimate?) -> Standing {
        guard let estimate else { return .unmeasured }
        if measure.isBetterHigher {
            if let lower = estimate.lower, lower >= bound { return .met }
            if let upper = estimate.upper, upper < bound { return .missed }
        } else {
            if let upper = estimate.upper, upper <= bound { return .met }
            if let lower = estimate.lower, lower > bound { return .missed }
        }
        return .undecided
    }

    /// Such as "accuracy at least 75.0 %".
    public func text(currency: String = "") -> String {
        let bound = measure.text(bound, currency: currency)
        return switch measure {
        case .behindBest: "at most \(bound) behind the best"
        default: "\(measure.name) at \(measure.isBetterHigher ? "least" : "most") \(bound)"
        }
    }
}
