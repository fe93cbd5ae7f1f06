import Chat
import Evaluation

/// What a cascade of two solvers would make of examples that both did: for every threshold at once, without asking
/// either again.
public struct CascadeStudy: Sendable {
    /// An example with what both made of it.
    struct Item: Sendable {
        var id: String
        /// Of the small one; nil where it gave no probabilities, or no answer.
        var confidence: Double?
        /// If the small one's answer stands, and if the large one is asked, too.
        var alone: Way
        var escalated: Way
        /// The large one without the small one.
        var large: Way
    }

    /// What comes of one way to do an example.
    struct Way: Sendable {
        var isRight: Bool
        var outcome: Outcome
        /// In the price's currency; nil where it can't be known.
        var cost: Double?
    }

    /// A threshold with what it comes to.
    public struct Point: Sendable, Equatable, Codable {
        /// ``CascadeRule/escalatesAll`` where the large one is always asked.
        public var threshold: Double
        /// The share of examples that the large one is asked.
        public var escalated: Double
        public var accuracy: Double
        /// Means over the examples.
        public var milliseconds: Double
        public var costPerThousand: Double?

        func value(of expense: CascadeExpense) -> Double {
            switch expense {
            case .time: milliseconds
            case .cost: costPerThousand ?? .infinity
            }
        }
    }

    public let measure: CascadeRule.Measure
    let items: [Item]

    /// Takes the examples that both did and that have an expected answer.
    public init(
        _ examples: [Example], small: SolverResult, large: SolverResult, measure: CascadeRule.Measure,
        judge: (_ answer: String, _ expected: String) -> Bool
    ) {
        self.measure = measure
        let currency = [small.profile, large.profile].commonPrice?.currency
        items = examples.compactMap { example in
            guard let expected = example.expected, let first = small.outcomes[example.id],
                let second = large.outcomes[example.id]
            else { return nil }
            func way(_ stages: [Outcome.Stage]) -> Way {
                let outcome = Outcome.cascade(stages, currency: currency)
                return Way(
                    isRight: outcome.solution.map { judge($0.answer, expected) } ?? false, outcome: outcome,
                    cost: Outcome.cost(of: stages, currency: currency))
            }
            return Item(
                id: example.id, confidence: measure.confidence(of: first.solution),
                alone: way([(first, small.profile)]),
                escalated: way([(first, small.profile), (second, large.profile)]),
                large: way([(second, large.profile)]))
        }
    }

    /// Whether every way to do every example has a known cost.
    var knowsCosts: Bool {
        items.allSatisfy { $0.alone.cost != nil && $0.escalated.cost != nil && $0.large.cost != nil }
    }

    /// All thresholds that make a difference, from the one that escalates least to the one that escalates all. Sorting
    /// takes O(n log n), the rest one pass.
    public var curve: [Point] {
        let sorted = items.sorted { ($0.confidence ?? -1) < ($1.confidence ?? -1) }
        guard !sorted.isEmpty else { return [] }
        let count = Double(sorted.count)
        let knowsCosts = knowsCosts
        var right = sorted.count { $0.alone.isRight }
        var seconds = sorted.reduce(0) { $0 + $1.alone.outcome.seconds }
        var cost = knowsCosts ? sorted.reduce(0) { $0 + ($1.alone.cost ?? 0) } : 0
        var points: [Point] = []
        for (index, item) in sorted.enumerated() {
            // Those before this one are escalated; none stands between two of the same confidence.
            let confidence = item.confidence ?? -1
            if confidence >= 0, index == 0 || confidence > (sorted[index - 1].confidence ?? -1) {
                let isLeast = index == 0 || sorted[index - 1].confidence == nil
                points.append(
                    Point(
                        threshold: isLeast ? 0 : confidence, escalated: Double(index) / count,
                        accuracy: Double(right) / count, milliseconds: seconds * 1000 / count,
                        costPerThousand: knowsCosts ? cost * 1000 / count : nil))
            }
            right += (item.escalated.isRight ? 1 : 0) - (item.alone.isRight ? 1 : 0)
            seconds += item.escalated.outcome.seconds - item.alone.outcome.seconds
            if knowsCosts { cost += (item.escalated.cost ?? 0) - (item.alone.cost ?? 0) }
        }
        points.append(
            Point(
                threshold: CascadeRule.escalatesAll, escalated: 1, accuracy: Double(right) / count,
                milliseconds: seconds * 1000 / count, costPerThousand: knowsCosts ? cost * 1000 / count : nil))
        return points
    }

    /// What each example comes to at a threshold.
    func ways(at threshold: Double) -> [Way] {
        items.map { ($0.confidence ?? -1) >= threshold ? $0.alone : $0.escalated }
    }
}
