import Chat

/// What one candidate made of the first examples of a part, in their order.
struct Evidence: Equatable {
    /// Of each example, whether it was right; nil where nothing was expected.
    var isRight: [Bool?] = []
    /// Of each example.
    var milliseconds: [Double] = []
    /// Of each example, in the currency asked for; nil where one isn't known.
    var costs: [Double]? = []
    /// The most bytes that were held; nil where that isn't known.
    var memory: Int?

    var count: Int { milliseconds.count }

    init() {}

    /// Takes the examples up to the first that isn't done.
    /// - Parameter currency: of costs; those in another one aren't known.
    init(_ result: SolverResult, on examples: [Example], currency: String?) {
        memory = result.measurement.memoryBytes
        let price = result.profile.price
        if price == nil || price?.currency != currency { costs = nil }
        for example in examples {
            guard let outcome = result.outcomes[example.id] else { break }
            isRight.append(result.isRight[example.id])
            milliseconds.append(outcome.seconds * 1000)
            if let cost = outcome.cost(at: price) { costs?.append(cost) } else { costs = nil }
        }
    }

    func prefix(_ count: Int) -> Evidence {
        var part = self
        part.isRight = Array(isRight.prefix(count))
        part.milliseconds = Array(milliseconds.prefix(count))
        part.costs = costs.map { Array($0.prefix(count)) }
        return part
    }

    /// Those with something expected, in order.
    var judged: [Bool] { isRight.compactMap { $0 } }

    /// - Parameters:
    ///   - rivals: the other candidates, for the distance to the best of them.
    ///   - confidence: above 0 and below 1.
    /// - Returns: nil where it isn't known.
    func estimate(of measure: Measure, rivals: [Evidence], confidence: Double) -> Estimate? {
        switch measure {
        case .accuracy:
            let judged = judged
            return Estimate(share: Double(judged.count { $0 }), of: judged.count, confidence: confidence)
        case .behindBest:
            return Self.distance(pairs(with: rivals), confidence: confidence)
        case .p95: return Estimate(quantile: 0.95, of: milliseconds, confidence: confidence)
        case .itemsPerSecond:
            return Estimate(meanOf: milliseconds, confidence: confidence)?.from(0).inverse.times(1000)
        case .memory: return memory.map { Estimate(exactly: Double($0)) }
        case .costPerThousand:
            return costs.flatMap { Estimate(meanOf: $0, confidence: confidence)?.from(0).times(1000) }
        }
    }

    /// Each rival before this one.
    func pairs(with rivals: [Evidence]) -> [PairedProportions] {
        rivals.map { rival in
            let both = zip(rival.isRight, isRight).compactMap { rival, own in
                if let rival, let own { (rival, own) } else { nil }
            }
            return PairedProportions(both.lazy.map(\.0), both.lazy.map(\.1))
        }
    }

    /// How far the best of the rivals is ahead, after Hsu (Annals of Statistics 9, 1981): whoever is surely near each one
    /// is surely near the best, at the same confidence; but to be surely far from one of several, that one must stand out
    /// among them all, so its error is divided by their number (Bonferroni).
    static func distance(_ pairs: [PairedProportions], confidence: Double) -> Estimate? {
        guard !pairs.isEmpty else { return Estimate(exactly: 0) }
        let shared = 1 - (1 - confidence) / Double(pairs.count)
        var farthest: Estimate?
        for pair in pairs {
            guard let near = pair.difference(confidence: confidence), let far = pair.difference(confidence: shared)
            else { return nil }
            let own = Estimate(near.value, lower: far.lower, upper: near.upper)
            farthest = farthest.map { $0.largest(with: own) } ?? own
        }
        return farthest
    }
}

extension Estimate {
    fileprivate func times(_ factor: Double) -> Estimate {
        Estimate(value * factor, lower: lower.map { $0 * factor }, upper: upper.map { $0 * factor })
    }

    /// The same, where a figure can't be lower than this.
    fileprivate func from(_ least: Double) -> Estimate {
        Estimate(value, lower: lower.map { max(least, $0) }, upper: upper)
    }

    fileprivate func largest(with other: Estimate) -> Estimate {
        func larger(_ one: Double?, _ two: Double?) -> Double? { one.flatMap { one in two.map { max(one, $0) } } }
        return Estimate(
            max(value, other.value), lower: larger(lower, other.lower), upper: larger(upper, other.upper))
    }
}
