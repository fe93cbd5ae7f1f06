import Chat
import Evaluation

/// One model at several widths, measured: rungs from the widest down, and which is the narrowest that still does.
public struct Ladder: Sendable, Equatable {
    /// How a narrower rung stands to the limit on what perplexity may be lost.
    public enum Standing: Sendable, Equatable {
        /// Surely within it.
        case within
        /// Surely beyond it.
        case beyond
        /// The text is too short to tell.
        case undecided
    }

    /// What the measurements come to.
    public enum Verdict: Sendable, Equatable {
        /// The index of the smallest rung that is surely within the limit, and of those below it that may be.
        case smallest(Int, undecided: [Int])
        /// No narrower rung is; these may be.
        case none(undecided: [Int])
        /// Nothing was measured that could be compared.
        case unknown
    }

    public let title: String
    /// The widest first, then by size. The first is what the others are held against.
    public let rungs: [LadderRung]
    /// The share by which perplexity may rise: 0.01 for a hundredth.
    public let limit: Double
    public let plan: LadderPlan
    /// What the reader should know of how it came about.
    public let notes: [String]

    /// - Parameters:
    ///   - title: what the model is called.
    ///   - results: the widest first.
    public init(title: String, results: [SolverResult], plan: LadderPlan, limit: Double, notes: [String] = []) {
        self.title = title
        self.plan = plan
        self.limit = limit
        self.notes = notes
        let widest = results.first.flatMap { LadderRung($0, widest: nil, plan: plan) }
        let others = results.dropFirst().compactMap { LadderRung($0, widest: results.first, plan: plan) }
        rungs = (widest.map { [$0] } ?? []) + others.sorted { ($0.facts.bytes, $1.name) > ($1.facts.bytes, $0.name) }
    }

    /// Nil for the widest, and where perplexities couldn't be compared.
    public func standing(of index: Int) -> Standing? {
        guard let interval = rungs[index].perplexityRatio?.interval else { return nil }
        if interval.upperBound <= 1 + limit { return .within }
        return interval.lowerBound > 1 + limit ? .beyond : .undecided
    }

    public var verdict: Verdict {
        let standings = rungs.indices.map { standing(of: $0) }
        guard standings.contains(where: { $0 != nil }) else { return .unknown }
        let undecided = rungs.indices.filter { standings[$0] == .undecided }
        guard let smallest = rungs.indices.last(where: { standings[$0] == .within }) else {
            return .none(undecided: undecided)
        }
        return .smallest(smallest, undecided: undecided.filter { $0 > smallest })
    }
}
