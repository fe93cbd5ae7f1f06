import Chat
import Reports

/// Has several solvers do the same examples, fairly: they take turns at each example, the one who begins changes from
/// example to example, and nothing that is done once runs by the clock of an example.
public struct EvaluationRun: Sendable {
    public var task: String
    public var title: String
    public var entrants: [Entrant]
    public var examples: [Example]
    /// Decides what is right where something is expected.
    public var judge: @Sendable (_ answer: String, _ expected: String) -> Bool

    public init(
        task: String, title: String, entrants: [Entrant], examples: [Example],
        judge: @escaping @Sendable (_ answer: String, _ expected: String) -> Bool
    ) {
        self.task = task
        self.title = title
        self.entrants = entrants
        self.examples = examples
        self.judge = judge
    }

    /// Does what is left to do.
    /// - Parameters:
    ///   - record: is asked for what was done before, and gets what is new; nil keeps nothing.
    ///   - isolation: the actor that the record belongs to.
    ///   - onUpdate: what happens, in order. The last one, ``TaskUpdate/finished(_:)``, is left to the caller, who knows
    ///     what to make of the results.
    /// - Throws: what a solver throws that isn't about one example, what the record throws, and `CancellationError`.
    public func run(
        record: RunRecord? = nil, isolation: isolated (any Actor)? = #isolation,
        onUpdate: (TaskUpdate) async throws -> Void = { _ in }
    ) async throws -> [SolverResult] {
        var results = entrants.map { SolverResult(profile: $0.profile, role: $0.role) }
        var board = TaskBoard(
            task: task, title: title,
            sides: entrants.map { .init(name: $0.profile.name, role: $0.role, total: examples.count) })
        board.recordPath = record?.path
        try await onUpdate(.began(board))
        try await takeOver(record, into: &results, onUpdate)
        let solvers = try await open(record, &results, onUpdate)
        var pace = Pace(sides: entrants.count)
        var left = results.map { examples.count - $0.outcomes.count }
        for (index, example) in examples.enumerated() {
            for turn in entrants.indices {
                let side = (turn + index) % entrants.count
                guard results[side].outcomes[example.id] == nil, let solver = solvers[side] else { continue }
                let outcome = try await Self.solve(example, by: solver)
                try record?.add(outcome, of: example, by: entrants[side].profile)
                left[side] -= 1
                pace.add(outcome.seconds, side: side)
                results[side].note(memory: solver.memoryUse())
                try await take(outcome, example, side, into: &results, wasDoneBefore: false, onUpdate)
                try await onUpdate(.timeLeft(seconds: pace.secondsLeft(left)))
                if left[side] == 0 {
                    try record?.add(results[side].measurement, of: entrants[side].profile)
                    try await onUpdate(.phase(.done, side: side))
                }
            }
        }
        return results
    }

    private func takeOver(
        _ record: RunRecord?, into results: inout [SolverResult], isolation: isolated (any Actor)? = #isolation,
        _ onUpdate: (TaskUpdate) async throws -> Void
    ) async throws {
        guard let record else { return }
        for example in examples {
            for (side, entrant) in entrants.enumerated() {
                guard let outcome = record.outcome(of: example, by: entrant.profile) else { continue }
                try await take(outcome, example, side, into: &results, wasDoneBefore: true, onUpdate)
            }
        }
        for (side, entrant) in entrants.enumerated() {
            if let measurement = record.measurement(of: entrant.profile) { results[side].measurement = measurement }
        }
    }

    private func open(
        _ record: RunRecord?, _ results: inout [SolverResult], isolation: isolated (any Actor)? = #isolation,
        _ onUpdate: (TaskUpdate) async throws -> Void
    ) async throws -> [(any Solver)?] {
        var solvers: [(any Solver)?] = []
        let clock = ContinuousClock()
        for (side, entrant) in entrants.enumerated() {
            guard results[side].outcomes.count < examples.count else {
                solvers.append(nil)
                try await onUpdate(.phase(.done, side: side))
                continue
            }
            try Task.checkCancellation()
            try await onUpdate(.phase(.loading, side: side))
            let start = clock.now
            let solver = try await entrant.open()
            let opened = clock.now
            try await onUpdate(.phase(.warmingUp, side: side))
            try await solver.prepare()
            // The first pass of a model pays for pages and caches; an example that doesn't come next, since what is in
            // the KV cache would not be computed again.
            if examples.count > 1, let last = examples.last { _ = try await Self.solve(last, by: solver) }
            results[side].measurement = RunRecord.Measurement(
                loadSeconds: (opened - start).inSeconds, prepareSeconds: (clock.now - opened).inSeconds,
                memoryBytes: results[side].measurement.memoryBytes)
            results[side].note(memory: solver.memoryUse())
            solvers.append(solver)
            try await onUpdate(.phase(.running, side: side))
        }
        return solvers
    }

    private static func solve(
        _ example: Example, by solver: any Solver, isolation: isolated (any Actor)? = #isolation
    ) async throws -> Outcome {
        let clock = ContinuousClock()
        let start = clock.now
        do {
            let solution = try await solver.solve(example)
            return Outcome(solution: solution, seconds: (clock.now - start).inSeconds)
        } catch let error as any RefusingError where error.refusal != nil {
            return Outcome(failure: "\(error)", seconds: (clock.now - start).inSeconds)
        }
    }

    private func take(
        _ outcome: Outcome, _ example: Example, _ side: Int, into results: inout [SolverResult], wasDoneBefore: Bool,
        isolation: isolated (any Actor)? = #isolation, _ onUpdate: (TaskUpdate) async throws -> Void
    ) async throws {
        let isRight = example.expected.map { expected in
            outcome.solution.map { judge($0.answer, expected) } ?? false
        }
        results[side].outcomes[example.id] = outcome
        results[side].isRight[example.id] = isRight
        try await onUpdate(
            .outcome(
                TaskBoard.Outcome(
                    answer: outcome.solution?.answer ?? "", isRight: isRight, confidence: outcome.solution?.confidence,
                    milliseconds: outcome.seconds * 1000, failure: outcome.failure),
                side: side, id: example.id, text: example.text, expected: example.expected,
                wasDoneBefore: wasDoneBefore))
    }
}
