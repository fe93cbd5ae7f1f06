import Evaluation
import Reports

/// Finds out what a cascade of two solvers is worth: both do all examples once, a threshold is chosen on one part of them
/// and judged on the other.
public struct CascadeTrial: Sendable {
    /// How a threshold is chosen.
    public struct Plan: Sendable, Equatable, Codable {
        public var goal = CascadeGoal.nearBest(0.01)
        /// Nil saves cost where both have a known one, else time.
        public var expense: CascadeExpense?
        public var measure = CascadeRule.Measure.maximum
        /// Of the examples, those that choose the threshold.
        public var choosingShare = 0.5
        /// Decides which example comes into which part.
        public var seed: UInt64 = 0

        public init() {}
    }

    public var plan: Plan
    /// What is worked on, such as the file's name.
    public var title: String
    public var small: Entrant
    public var large: Entrant
    public var examples: [Example]
    public var judge: @Sendable (_ answer: String, _ expected: String) -> Bool

    public init(
        plan: Plan, title: String, small: Entrant, large: Entrant, examples: [Example],
        judge: @escaping @Sendable (_ answer: String, _ expected: String) -> Bool
    ) {
        self.plan = plan
        self.title = title
        self.small = small
        self.large = large
        self.examples = examples
        self.judge = judge
    }

    /// What came of it.
    public struct Result: Sendable, Equatable {
        public var summary: CascadeSummary
        public var report: TaskReport
        /// Of the small one, the large one.
        public var results: [SolverResult]
    }

    /// Does what is left to do.
    /// - Parameters:
    ///   - record: is asked for what was done before, and gets what is new.
    ///   - onUpdate: what happens, in order; the small one is side 0.
    /// - Throws: ``TaskError`` where too few examples say what is expected, the small one gives no probabilities, or the
    ///   budget is too small; what the solvers and the record throw; `CancellationError`.
    public func run(
        record: RunRecord? = nil, isolation: isolated (any Actor)? = #isolation,
        onUpdate: (TaskUpdate) async throws -> Void = { _ in }
    ) async throws -> Result {
        guard small.profile.fingerprint != large.profile.fingerprint else {
            throw TaskError("expected two models, found \(small.profile.name) on both sides; name a larger one as well")
        }
        let judged = examples.filter { $0.expected != nil }
        let parts = ExampleSplit.split(judged, shares: [plan.choosingShare], seed: plan.seed)
        guard parts.allSatisfy({ !$0.isEmpty }) else {
            throw TaskError(
                "\(title): expected examples that say what is right, to choose and to judge with, found "
                    + "\(judged.count) of \(examples.count); name the field, and give some hundreds")
        }
        let results = try await EvaluationRun(
            task: "cascade", title: title, entrants: [small, large], examples: judged, judge: judge
        ).run(record: record, onUpdate: onUpdate)
        let summary = try summary(results, parts)
        let report = summary.report(small: small.profile.name, large: large.profile.name)
        try await onUpdate(.finished(report))
        return Result(summary: summary, report: report, results: results)
    }

    /// Chooses on the first part, judges on the second.
    func summary(_ results: [SolverResult], _ parts: [[Example]]) throws(TaskError) -> CascadeSummary {
        let studies = parts.map {
            CascadeStudy($0, small: results[0], large: results[1], measure: plan.measure, judge: judge)
        }
        let choosing = studies[0]
        guard choosing.items.contains(where: { $0.confidence != nil }) else {
            throw TaskError(
                "\(small.profile.name): expected probabilities, which say how sure it is, found answers alone; take a "
                    + "model of this machine, a student, or a server that tells the likeliest tokens")
        }
        let knowsCosts = studies.allSatisfy(\.knowsCosts)
        let expense = plan.expense ?? (knowsCosts ? .cost : .time)
        guard expense == .time || knowsCosts else {
            throw TaskError("expected a price of one of the models, found none that tells all costs; save time instead")
        }
        let curve = choosing.curve
        let right = choosing.items.count { $0.large.isRight }
        guard
            let point = plan.goal.choose(
                from: curve, largeAccuracy: Double(right) / Double(choosing.items.count), expense: expense)
        else {
            let least = curve.map { $0.value(of: expense) }.min() ?? 0
            throw TaskError(
                "expected a budget of at least \(least) \(expense == .time ? "ms a text" : "a thousand texts"), which "
                    + "the small one needs alone; found less")
        }
        let choice = CascadeSummary.Choice(
            goal: plan.goal, expense: expense, rule: CascadeRule(measure: plan.measure, threshold: point.threshold),
            point: point, examples: choosing.items.count)
        let name = "\(small.profile.name) → \(large.profile.name)"
        guard
            let summary = CascadeSummary(
                choice, judging: studies[1], name: name, small: results[0], large: results[1],
                unjudged: examples.count - parts.reduce(0) { $0 + $1.count })
        else { throw TaskError("\(title): expected examples to judge with, found none that both did") }
        return summary
    }
}
