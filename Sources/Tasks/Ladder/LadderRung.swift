import Chat
import Evaluation
import Foundation

/// What was measured of one file.
public struct LadderRung: Sendable, Equatable {
    public var name: String
    public var facts: LadderFacts
    /// exp(mean loss) over all scored places, and its standard error. Nil where no chunk was scored.
    public var perplexity: Estimate?
    /// This one's perplexity divided by the widest one's, from the differences of both place by place: far surer than the
    /// two perplexities by themselves.
    public var perplexityRatio: Ratio?
    /// KL(widest ‖ this), in nats; nil for the widest itself.
    public var divergence: Divergence?
    /// Places where both hold the same token likeliest; nil for the widest itself.
    public var agreement: Proportion?
    /// Tokens a second.
    public var prefill: Spread?
    public var decode: Spread?
    public var memoryBytes: Int?

    public struct Estimate: Sendable, Equatable {
        public var value: Double
        public var standardError: Double
    }

    public struct Ratio: Sendable, Equatable {
        public var value: Double
        /// 95 %, from the differences' spread, which is taken for normal.
        public var interval: ClosedRange<Double>
    }

    public struct Divergence: Sendable, Equatable {
        public var mean: Double
        public var median: Double
        public var p99: Double
        public var largest: Double
        /// Places that both had a distribution at.
        public var places: Int
    }

    /// - Parameters:
    ///   - widest: what came of the widest file; nil if this is it.
    ///   - chunks: those that both have done count.
    /// - Returns: nil where not even the file is known.
    init?(_ result: SolverResult, widest: SolverResult?, plan: LadderPlan) {
        guard let facts = LadderSolver.value(LadderFacts.self, of: .facts, in: result) else { return nil }
        name = result.profile.name
        self.facts = facts
        memoryBytes = result.measurement.memoryBytes
        var (losses, differences, divergences, agreements) = ([Double](), [Double](), [Double](), 0)
        for index in 0..<plan.chunks {
            guard let own = LadderSolver.value(ChunkScore.self, of: .chunk(index), in: result) else { continue }
            losses += own.losses.map(Double.init)
            guard let widest, let other = LadderSolver.value(ChunkScore.self, of: .chunk(index), in: widest) else {
                continue
            }
            differences += zip(own.losses, other.losses).map { Double($0) - Double($1) }
            divergences += own.divergences.map(Double.init)
            agreements += own.agreements
        }
        perplexity = Self.perplexity(losses)
        perplexityRatio = Self.ratio(differences)
        divergence = Divergence(divergences)
        agreement = Proportion(successes: Double(agreements), trials: differences.count)
        prefill = Self.speed(.prefill, result, plan)
        decode = Self.speed(.decode, result, plan)
    }

    private static func perplexity(_ losses: [Double]) -> Estimate? {
        guard let (mean, error) = meanAndError(losses) else { return nil }
        let value = exp(mean)
        return Estimate(value: value, standardError: value * error)
    }

    private static func ratio(_ differences: [Double]) -> Ratio? {
        guard let (mean, error) = meanAndError(differences) else { return nil }
        let half = 1.959963984540054 * error
        return Ratio(value: exp(mean), interval: exp(mean - half)...exp(mean + half))
    }

    private static func meanAndError(_ values: [Double]) -> (mean: Double, error: Double)? {
        guard values.count > 1, values.allSatisfy(\.isFinite) else { return nil }
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        return (mean, (variance / count).squareRoot())
    }

    private static func speed(_ pass: LadderPass, _ result: SolverResult, _ plan: LadderPlan) -> Spread? {
        Spread(
            (0..<plan.rounds).compactMap { LadderSolver.value(Double.self, of: .speed(pass, round: $0), in: result) })
    }
}

extension LadderRung.Divergence {
    /// Nil without any place.
    init?(_ values: [Double]) {
        let sorted = values.filter(\.isFinite).sorted()
        guard let largest = sorted.last else { return nil }
        mean = sorted.reduce(0, +) / Double(sorted.count)
        median = sorted[(sorted.count - 1) / 2]
        p99 = sorted[min(sorted.count - 1, (99 * sorted.count + 99) / 100 - 1)]
        self.largest = largest
        places = sorted.count
    }
}
