/// How many more examples would decide what is open for a candidate, if it goes on as it did so far.
struct ExamplesNeeded: Equatable {
    /// Nil where nothing is open, or where ``most`` wouldn't decide it.
    let more: Int?

    /// More than these aren't worth naming.
    static let most = 10_000_000

    init(_ judging: AdviceJudging, candidate: Int) {
        let evidence = judging.evidence[candidate]
        let rivals = judging.rivals(of: candidate).map { judging.evidence[$0] }
        let confidence = judging.plan.lastConfidence
        // One that is decided against as soon as its first requirement is needs no more than that.
        var decisions: [(needed: Int?, isMissed: Bool)] = []
        for (requirement, standing) in zip(judging.requirements, judging.standings(of: candidate))
        where standing == .undecided {
            let trend = Trend(evidence, requirement, rivals: rivals, confidence: confidence)
            decisions.append(Self.needed(evidence.count, trend))
        }
        let misses = decisions.filter(\.isMissed).compactMap(\.needed)
        if let first = misses.min() {
            more = first - evidence.count
        } else if let needed = decisions.max(by: { ($0.needed ?? .max) < ($1.needed ?? .max) })?.needed {
            more = needed - evidence.count
        } else {
            more = nil
        }
    }

    private static func needed(_ count: Int, _ trend: Trend) -> (needed: Int?, isMissed: Bool) {
        var enough = max(count, 1)
        while trend.standing(after: enough) == .undecided {
            guard enough < most else { return (nil, false) }
            enough = min(most, enough * 2)
        }
        let first = Bisection.first(from: max(1, enough / 2), to: enough) { trend.standing(after: $0) != .undecided }
        return (max(first, count + 1), trend.standing(after: enough) == .missed)
    }

    /// What a requirement comes to when the shares and spreads stay as they are and only the number of examples grows.
    private struct Trend {
        let requirement: Requirement
        let confidence: Double
        private let count: Double
        private var share: Double?
        private var spread: MeanSpread?
        private var pairs: [PairedProportions] = []

        init(_ evidence: Evidence, _ requirement: Requirement, rivals: [Evidence], confidence: Double) {
            self.requirement = requirement
            self.confidence = confidence
            count = Double(evidence.count)
            guard evidence.count > 0 else { return }
            switch requirement.measure {
            case .accuracy: share = Double(evidence.judged.count { $0 }) / Double(max(1, evidence.judged.count))
            case .p95: share = Double(evidence.milliseconds.count { $0 <= requirement.bound }) / count
            case .itemsPerSecond: spread = MeanSpread(evidence.milliseconds)
            case .costPerThousand: spread = evidence.costs.map(MeanSpread.init)
            case .behindBest: pairs = evidence.pairs(with: rivals)
            case .memory: break
            }
        }

        func standing(after trials: Int) -> Requirement.Standing {
            guard let estimate = estimate(after: trials) else { return .undecided }
            return requirement.standing(of: estimate)
        }

        private func estimate(after trials: Int) -> Estimate? {
            switch requirement.measure {
            case .accuracy:
                return share.flatMap { Estimate(share: $0 * Double(trials), of: trials, confidence: confidence) }
            case .p95:
                guard let share else { return nil }
                // Whether the bound lies outside the interval, from how many are within the bound alone.
                let within = Int((share * Double(trials)).rounded())
                let error = (1 - confidence) / 2
                let isMet = BinomialDistribution.atLeast(within, of: trials, chance: 0.95) <= error
                let isMissed = BinomialDistribution.atMost(within, of: trials, chance: 0.95) <= error
                return Estimate(
                    requirement.bound, lower: isMissed ? requirement.bound.nextUp : nil,
                    upper: isMet ? requirement.bound : nil)
            case .itemsPerSecond:
                guard let mean = mean(after: trials) else { return nil }
                return Estimate(
                    1000 / mean.value, lower: mean.upper.map { 1000 / $0 },
                    upper: mean.lower.flatMap { $0 > 0 ? 1000 / $0 : nil })
            case .costPerThousand:
                guard let mean = mean(after: trials) else { return nil }
                return Estimate(
                    mean.value * 1000, lower: mean.lower.map { $0 * 1000 }, upper: mean.upper.map { $0 * 1000 })
            case .behindBest:
                let factor = Double(trials) / max(1, count)
                return Evidence.distance(pairs.map { $0.times(factor) }, confidence: confidence)
            case .memory: return nil
            }
        }

        private func mean(after trials: Int) -> Estimate? {
            spread.map { Estimate(meanOf: $0, count: trials, confidence: confidence) }
        }
    }
}

extension PairedProportions {
    fileprivate func times(_ factor: Double) -> PairedProportions {
        PairedProportions(onlyFirst: onlyFirst * factor, onlySecond: onlySecond * factor, count: count * factor)
    }
}
