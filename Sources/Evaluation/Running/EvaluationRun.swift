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
    /// Numbers of examples after which ``stops`` is asked, rising.
    public var looks: [Int] = []
    /// Which sides do nothing more, each with the reason, once everyone who goes on has done the first `done` examples. It
    /// must depend on what they made of those alone, so that a run that was interrupted stops the same ones.
    public var stops: @Sendable (_ results: [SolverResult], _ done: Int) -> [Int: String] = { _, _ in [:] }

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
        for entrant in entrants { try record?.add(entrant.profile) }
        try await takeOver(record, into: &results, onUpdate)
        var stopped: Set<Int> = []
        var looks = self.looks[...]
        // Looks that an earlier run came to: what it stopped isn't opened again.
        while let look = looks.first, isDone(look, results, stopped) {
            try await stop(after: looks.removeFirst(), results, &stopped, onUpdate)
        }
        var solvers = try await open(record, &results, stopped, onUpdate)
        var pace = Pace(sides: entrants.count)
        var left = results.map { examples.count - $0.outcomes.count }
        for side in stopped { left[side] = 0 }
        for (index, example) in examples.enumerated() {
            if looks.first == index {
                let before = stopped
                try await stop(after: looks.removeFirst(), results, &stopped, onUpdate)
                for side in stopped.subtracting(before) where left[side] > 0 {
                    try record?.add(results[side].measurement, of: entrants[side].profile)
                    // Closed, where nobody else has it.
                    (solvers[side], left[side]) = (nil, 0)
                }
            }
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
                if left[side] == 0 || Self.isWorthFigures(results[side].outcomes.count) {
                    try await onUpdate(.figures(results[side].figures, side: side))
                }
                if left[side] == 0 {
                    try record?.add(results[side].measurement, of: entrants[side].profile)
                    try await onUpdate(.phase(.done, side: side))
                }
            }
        }
        return results
    }

    /// Figures are made of all outcomes: at first each one changes them, later on a few don't.
    private static func isWorthFigures(_ count: Int) -> Bool { count < 50 || count % (count / 25) == 0 }

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
            if !results[side].outcomes.isEmpty { try await onUpdate(.figures(results[side].figures, side: side)) }
        }
    }

    /// Whether everyone who goes on has done the first so many examples.
    private func isDone(_ count: Int, _ results: [SolverResult], _ stopped: Set<Int>) -> Bool {
        entrants.indices.allSatisfy { side in
            stopped.contains(side) || examples.prefix(count).allSatisfy { results[side].outcomes[$0.id] != nil }
        }
    }

    private func stop(
        after look: Int, _ results: [SolverResult], _ stopped: inout Set<Int>,
        isolation: isolated (any Actor)? = #isolation, _ onUpdate: (TaskUpdate) async throws -> Void
    ) async throws {
        for (side, reason) in stops(results, look).sorted(by: { $0.key < $1.key })
        where stopped.insert(side).inserted {
            try await onUpdate(.note("\(entrants[side].profile.name) does no more than \(look) examples: \(reason)"))
            try await onUpdate(.phase(.done, side: side))
        }
    }

    private func open(
        _ record: RunRecord?, _ results: inout [SolverResult], _ stopped: Set<Int>,
        isolation: isolated (any Actor)? = #isolation,
        _ onUpdate: (TaskUpdate) async throws -> Void
    ) async throws -> [(any Solver)?] {
        var solvers: [(any Solver)?] = []
        let clock = ContinuousClock()
        for (side, entrant) in entrants.enumerated() {
            guard results[side].outcomes.count < examples.count, !stopped.contains(side) else {
                solvers.append(nil)
                if !stopped.contains(side) { try await onUpdate(.phase(.done, side: side)) }
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
