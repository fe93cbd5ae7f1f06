import Foundation

@testable import Evaluation

/// Judges candidates with tests of hypotheses and sums instead of intervals and beta functions: another way to the same
/// answers.
struct BruteForce {
    let results: [SolverResult]
    let examples: [Example]
    let currency: String
    /// The normal distribution's, for 95 % between two sides.
    private let z = 1.959963984540054

    enum Verdict { case passes, fails, open }

    /// Names of the smallest that passes all and of the smallest before it that is open.
    func answer(_ requirements: [Requirement]) -> (safe: String?, open: String?) {
        var left = results
        var open: String?
        while !left.isEmpty {
            var smallest = 0
            for index in left.indices where isSmaller(left[index], left[smallest]) { smallest = index }
            let candidate = left.remove(at: smallest)
            let verdicts = requirements.map { verdict($0, candidate) }
            if verdicts.contains(.fails) { continue }
            if !verdicts.contains(.open) { return (candidate.profile.name, open) }
            if open == nil { open = candidate.profile.name }
        }
        return (nil, open)
    }

    private func isSmaller(_ one: SolverResult, _ other: SolverResult) -> Bool {
        if one.profile.bytes != other.profile.bytes {
            guard let size = one.profile.bytes else { return false }
            guard let otherSize = other.profile.bytes else { return true }
            return size < otherSize
        }
        guard let memory = one.measurement.memoryBytes else { return false }
        guard let otherMemory = other.measurement.memoryBytes else { return true }
        return memory < otherMemory
    }

    private func verdict(_ requirement: Requirement, _ candidate: SolverResult) -> Verdict {
        let bound = requirement.bound
        let seconds = examples.map { candidate.outcomes[$0.id]!.seconds }
        switch requirement.measure {
        case .accuracy:
            // The score test: the deviation is that of the bound itself.
            let count = Double(examples.count)
            let share = Double(examples.count { candidate.isRight[$0.id] == true }) / count
            let deviation = (bound * (1 - bound) / count).squareRoot()
            guard deviation > 0 else { return bound >= 1 ? (share < 1 ? .fails : .open) : .passes }
            return decide((share - bound) / deviation)
        case .behindBest:
            let others = results.filter { $0.profile.name != candidate.profile.name }
            let farZ = quantile(1 - 0.025 / Double(max(1, others.count)))
            var isSure = true
            for other in others {
                let (center, error) = lead(of: other, before: candidate)
                if (center - bound) / error > farZ { return .fails }
                if (bound - center) / error < z { isSure = false }
            }
            return isSure ? .passes : .open
        case .p95:
            let within = seconds.count { $0 * 1000 <= bound }
            if tail(from: within, to: seconds.count, of: seconds.count) <= 0.025 { return .passes }
            return tail(from: 0, to: within, of: seconds.count) <= 0.025 ? .fails : .open
        case .itemsPerSecond: return decide(-statistic(seconds, against: 1 / bound), student: true)
        case .memory:
            guard let memory = candidate.measurement.memoryBytes else { return .fails }
            return Double(memory) <= bound ? .passes : .fails
        case .costPerThousand:
            let price = candidate.profile.price
            let costs = examples.compactMap { candidate.outcomes[$0.id]!.cost(at: price) }
            guard costs.count == examples.count, price?.currency == currency else { return .fails }
            return decide(-statistic(costs, against: bound / 1000), student: true)
        }
    }

    private func lead(of other: SolverResult, before own: SolverResult) -> (center: Double, error: Double) {
        let ahead = Double(examples.count { other.isRight[$0.id]! && !own.isRight[$0.id]! } + 1)
        let behind = Double(examples.count { own.isRight[$0.id]! && !other.isRight[$0.id]! } + 1)
        let count = Double(examples.count + 2)
        let center = (ahead - behind) / count
        return (center, ((ahead + behind) / count - center * center).squareRoot() / count.squareRoot())
    }

    /// How many errors a mean lies above a bound.
    private func statistic(_ values: [Double], against bound: Double) -> Double {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / (count - 1)
        return (mean - bound) / (variance / count).squareRoot()
    }

    /// Student's distribution by the expansion of Cornish and Fisher, exact to a few millionths from a hundred values on.
    private func decide(_ statistic: Double, student: Bool = false) -> Verdict {
        let freedom = Double(examples.count - 1)
        let z3 = z * z * z
        let z5 = z3 * z * z
        let limit = student ? z + (z3 + z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom * freedom) : z
        return statistic >= limit ? .passes : statistic < -limit ? .fails : .open
    }

    /// The probability of a number of successes in this range, each with a chance of 0.95; of at most 230 trials, since it
    /// begins with a power that would be no number beyond.
    private func tail(from: Int, to: Int, of trials: Int) -> Double {
        var probability = Foundation.pow(0.05, Double(trials))
        var sum = 0.0
        for successes in 0...to {
            if successes >= from { sum += probability }
            probability *= Double(trials - successes) / Double(successes + 1) * 19
        }
        return sum
    }

    /// Of the normal distribution, by integration.
    private func quantile(_ share: Double) -> Double {
        var sum = 0.5
        var x = 0.0
        let step = 1e-4
        while sum < share {
            sum += step * Foundation.exp(-(x + step / 2) * (x + step / 2) / 2) / (2 * Double.pi).squareRoot()
            x += step
        }
        return x
    }
}
