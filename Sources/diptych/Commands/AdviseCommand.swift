import ArgumentParser
import Configuration
import Evaluation
import Foundation

/// `diptych advise`: which is the smallest that does a task well enough.
struct AdviseCommand: TaskCommand {
    static let configuration = CommandConfiguration(
        commandName: "advise",
        abstract: "Find the smallest of several candidates that meets a task's requirements.",
        discussion: """
            The task's file names examples, requirements and candidates; docs/tasks/README.md says how. The candidates \
            take turns; who surely fails goes no further. The choice is made on one part of the examples and confirmed on \
            another one. An interrupted run goes on where it was, and everything that was done can be judged again with \
            --replay, without any model, also by other requirements.
            """
    )

    @Argument(help: "The task's file, in YAML.")
    var task: String

    @Flag(help: "Judge what the record has, without opening any model.")
    var replay = false

    @Flag(help: "Have every candidate do every example, also where the verdict doesn't need it.")
    var complete = false

    @OptionGroup var record: RecordArguments
    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup(title: "Servers") var servers: ServerArguments
    @OptionGroup var output: TaskOutputArguments

    func validate() throws {
        if replay, record.isFresh { throw ValidationError("--replay reads what --fresh moves aside; choose one.") }
    }

    func perform() async throws -> TaskOutput {
        var definition = try TaskFile.read(task)
        if complete { definition.stopsEarly = false }
        let advising = try Advising(file: task, definition, record: record, isComplete: complete)
        let (advice, path) =
            replay ? try advising.replay() : try await advising.perform(TaskModels(engine, servers))
        var result = TaskOutput(
            advice.report(title: advising.title), AdviseDocument(advice, task: task, record: path))
        if !replay { result.remark = "--replay judges this again without any model, also by other requirements." }
        return result
    }
}
