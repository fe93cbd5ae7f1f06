import Reports

/// Has the candidates do the examples that a verdict needs, and gives the verdict.
public struct AdviceRun: Sendable {
    public var title: String
    public var plan: AdvicePlan
    public var requirements: [Requirement]
    /// That costs are required in; nil takes the first price's.
    public var currency: String?
    /// Whether everyone does everything, whatever the verdict needs.
    public var isComplete: Bool
    private let run: EvaluationRun

    /// - Parameters:
    ///   - title: what is worked on.
    ///   - judge: decides what is right where something is expected.
    public init(
        title: String, entrants: [Entrant], plan: AdvicePlan, requirements: [Requirement], currency: String? = nil,
        isComplete: Bool = false, judge: @escaping @Sendable (_ answer: String, _ expected: String) -> Bool
    ) {
        self.title = title
        self.plan = plan
        self.requirements = requirements
        self.currency = currency
        self.isComplete = isComplete
        var run = EvaluationRun(
            task: "advise", title: title, entrants: entrants, examples: plan.choosing + plan.confirming, judge: judge)
        if !isComplete {
            run.looks = plan.looks
            run.stops = { results, done in
                Advice(results: results, plan: plan, requirements: requirements, currency: currency)
                    .doneWith(after: done, of: results)
            }
        }
        self.run = run
    }

    /// Does what is left to do.
    ///
    /// - Parameters:
    ///   - record: is asked for what was done before, and gets what is new; nil keeps nothing.
    ///   - isolation: the actor that the record belongs to.
    ///   - onUpdate: what happens, in order; the last is the report.
    /// - Throws: what ``EvaluationRun/run(record:isolation:onUpdate:)`` throws.
    public func run(
        record: RunRecord? = nil, isolation: isolated (any Actor)? = #isolation,
        onUpdate: (TaskUpdate) async throws -> Void = { _ in }
    ) async throws -> Advice {
        let results = try await run.run(record: record, isolation: isolation, onUpdate: onUpdate)
        let advice = Advice(results: results, plan: plan, requirements: requirements, currency: currency)
        try await onUpdate(.finished(advice.report(title: title)))
        return advice
    }

    /// Judges what a record has, without any solver.
    ///
    /// - Parameter profiles: of the candidates, as the record keeps them.
    public static func replay(
        _ record: RunRecord, profiles: [SolverProfile], plan: AdvicePlan, requirements: [Requirement],
        currency: String? = nil, judge: (_ answer: String, _ expected: String) -> Bool
    ) -> Advice {
        let results = profiles.map { profile in
            var result = SolverResult(profile: profile)
            for example in plan.choosing + plan.confirming {
                guard let outcome = record.outcome(of: example, by: profile) else { continue }
                result.outcomes[example.id] = outcome
                result.isRight[example.id] = example.expected.map { expected in
                    outcome.solution.map { judge($0.answer, expected) } ?? false
                }
            }
            if let measurement = record.measurement(of: profile) { result.measurement = measurement }
            return result
        }
        return Advice(results: results, plan: plan, requirements: requirements, currency: currency)
    }
}

extension Advice {
    /// The candidates that the verdict needs no more after so many examples, by their place in the results, with the
    /// reasons.
    ///
    /// Before the last look those are the ones that failed. After it, on the examples held out, only the answer is tested,
    /// and beside it whoever is smaller and may still do, or, where candidates are held against the best of them, whoever
    /// may be that best one.
    func doneWith(after done: Int, of results: [SolverResult]) -> [Int: String] {
        let order = results.smallestFirstOrder
        let isLast = done >= plan.choosing.count
        let isNear = requirements.contains { $0.measure == .behindBest }
        var reasons: [Int: String] = [:]
        for (place, candidate) in candidates.enumerated() {
            if candidate.isStopped {
                if candidate.examples <= done { reasons[order[place]] = candidate.reason }
            } else if isLast {
                let isOut = isNear ? isFar(candidate) : [.missed, .unmeasured].contains(candidate.standing)
                let isLarger = !isNear && answer.safe.map { place > $0 } ?? false
                if isOut || isLarger { reasons[order[place]] = candidate.reason }
            }
        }
        return reasons
    }

    /// Whether it is surely too far from the best to be that one.
    private func isFar(_ candidate: Candidate) -> Bool {
        zip(requirements, candidate.standings).contains { $0.measure == .behindBest && $1 == .missed }
    }
}
