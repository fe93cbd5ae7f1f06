import Evaluation
import Reports

/// Does a task's run and tells people about it, keeping everything in its record.
struct TaskRun {
    private let run: EvaluationRun
    private let record: RecordArguments
    private let data: String
    private let notes: Output

    /// - Parameter data: the file that is worked on, which names the record.
    init(_ run: EvaluationRun, record: RecordArguments, data: String, notes: Output = .standardError) {
        self.run = run
        self.record = record
        self.data = data
        self.notes = notes
    }

    /// - Throws: what the run throws; what was done until then is kept, and a line says so.
    func perform() async throws -> [SolverResult] {
        try await Self.keeping(record, task: run.task, data: data, notes: notes) { keeper, listener in
            try await keeper.perform(run) { await listener.take($0) }
        }
    }

    /// Does what may be a task of several runs.
    /// - Throws: what the work throws; what was done until then is kept, and a line says so.
    static func keeping<Result: Sendable>(
        _ record: RecordArguments, task: String, data: String, notes: Output = .standardError,
        subject: String? = nil, _ work: (RecordKeeper, any TaskListener) async throws -> Result
    ) async throws -> Result {
        let keeper = try RecordKeeper(record, task: task, data: data, subject: subject)
        let listener = TaskListening.listener ?? TaskProgress(notes: notes)
        do {
            let result = try await work(keeper, listener)
            await listener.clear()
            notes.tell("every outcome is kept in \(keeper.path)")
            return result
        } catch {
            await listener.clear()
            if await keeper.hasGrown { notes.tell("what was done is kept: the same command goes on from here") }
            throw error
        }
    }
}

/// Owns the record of a run.
actor RecordKeeper {
    let record: RunRecord
    nonisolated let path: String
    private let earlier: Int

    init(_ arguments: RecordArguments, task: String, data: String, subject: String? = nil) throws {
        let record = try TaskRecords.open(arguments, task: task, data: data, subject: subject)
        path = record.path
        self.record = record
        earlier = record.outcomeCount
    }

    /// Whether there is anything in the record that wasn't there before.
    var hasGrown: Bool { record.outcomeCount > earlier }

    func perform(_ run: EvaluationRun, onUpdate: @Sendable (TaskUpdate) async throws -> Void) async throws
        -> [SolverResult]
    {
        try await run.run(record: record) { try await onUpdate($0) }
    }
}
