import Evaluation
import Foundation
import Reports

/// A task's file with the examples and the plan that it comes to.
struct Advising: Sendable {
    let title: String
    private let file: String
    private let definition: TaskDefinition
    private let plan: AdvicePlan
    private let task: any ModelTask
    private let record: RecordArguments
    private let isComplete: Bool

    /// Reads the files that the task names, but no model. Blocks.
    /// - Throws: `ExampleFileError`, `TaskError`, and ``CommandFailure`` for examples that can't be judged.
    init(file: String, _ definition: TaskDefinition, record: RecordArguments, isComplete: Bool) throws {
        let examples = try ExampleFile.read(definition.examples, fields: definition.fields)
        self.file = file
        self.definition = definition
        self.record = record
        self.isComplete = isComplete
        title = "advise \(URL(filePath: file).lastPathComponent)"
        plan = definition.plan(examples)
        task = try definition.modelTask(of: examples)
        let silent = plan.choosing.count { $0.expected == nil }
        guard silent == 0 || !definition.judgesAnswers else {
            throw CommandFailure(
                message:
                    "\(definition.examples): expected an answer for each example, found \(silent) without one; name "
                    + "the field, or say in the task's file what the judge expects of all")
        }
        guard !plan.choosing.isEmpty else {
            throw CommandFailure(
                message:
                    "\(definition.examples): expected examples to choose on, found too few; add some, or raise choose")
        }
    }

    /// Has the candidates do what is left to do.
    func perform(_ models: TaskModels, notes: Output = .standardError) async throws -> (Advice, recordPath: String) {
        let opener = CandidateOpener(models: models, task: task)
        var entrants: [Entrant] = []
        for candidate in definition.candidates { entrants.append(try await opener.entrant(candidate)) }
        let run = AdviceRun(
            title: title, entrants: entrants, plan: plan, requirements: definition.requirements,
            currency: definition.currency, isComplete: isComplete, judge: definition.judge.rule.accepts)
        return try await TaskRun.keeping(
            record, task: "advise", data: file, notes: notes, subject: task.fingerprint
        ) { keeper, listener in
            (try await keeper.perform(run) { await listener.take($0) }, keeper.path)
        }
    }

    /// Judges what the record has. Blocks.
    func replay(notes: Output = .standardError) throws -> (Advice, recordPath: String) {
        let path = try record.path ?? TaskRecords.defaultPath(task: "advise", data: file, subject: task.fingerprint)
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(
                message:
                    "\(path): expected a record of this task as it is now, found none; run it without --replay first")
        }
        let record = try TaskRecords.open(record, task: "advise", data: file, subject: task.fingerprint)
        let profiles = try definition.candidates.map { candidate in
            guard let profile = record.profiles.last(where: { $0.name == candidate.name }) else {
                throw CommandFailure(
                    message:
                        "\(path): expected outcomes of \(candidate.name), found none; run it without --replay first")
            }
            return profile
        }
        notes.tell("judged again from \(path)")
        let advice = AdviceRun.replay(
            record, profiles: profiles, plan: plan, requirements: definition.requirements,
            currency: definition.currency, judge: definition.judge.rule.accepts)
        return (advice, path)
    }
}

extension TaskDefinition {
    /// Whether a requirement is about answers that are right.
    fileprivate var judgesAnswers: Bool {
        requirements.isEmpty || requirements.contains { [.accuracy, .behindBest].contains($0.measure) }
    }
}

extension RecordKeeper {
    func perform(
        _ run: AdviceRun, onUpdate: @Sendable (TaskUpdate) async throws -> Void
    ) async throws -> Advice {
        try await run.run(record: record) { try await onUpdate($0) }
    }
}
