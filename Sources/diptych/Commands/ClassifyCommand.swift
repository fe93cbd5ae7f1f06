import ArgumentParser
import Chat
import Evaluation
import Reports
import Tasks

/// `diptych classify`: which label fits each text best.
struct ClassifyCommand: TaskCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Give each text one of some labels, by how likely a model holds each.",
        discussion: """
            Nothing is sampled: the same text always gets the same label. What all prompts have in common is computed \
            once. Where the file says what is expected, the models are compared by accuracy. An interrupted run goes on \
            where it was. Without a model named, the catalog's default pair takes part. A student of `diptych distill` is \
            named by its file.
            """
    )

    @OptionGroup var task: TaskArguments

    @OptionGroup var question: QuestionArguments

    @Option(
        help: ArgumentHelp("The encoder that students read with; the default is what each names.", valueName: "model"))
    var encoder: String?

    @OptionGroup var contenders: ContenderArguments
    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup(title: "Servers") var servers: ServerArguments
    @OptionGroup var output: TaskOutputArguments

    func perform() async throws -> TaskOutput {
        let resultFile = try task.resultFile.map { try ResultFile($0) }
        let examples = try task.examples()
        let models = try TaskModels(engine, servers)
        let entries = try contenders.entries(by: models.resolver)
        let classification = try question.task(
            of: examples, otherwise: entries.lazy.compactMap(\.studentLabels).first)
        var entrants: [Entrant] = []
        for entry in entries {
            entrants.append(
                try await models.classifier(entry.model, role: entry.role, task: classification, encoder: encoder))
        }
        let run = EvaluationRun(
            task: "classify", title: task.data, entrants: entrants, examples: examples, judge: ==)
        let results = try await TaskRun(run, record: task.record, data: task.data).perform()
        try resultFile?.write(examples, results, labels: classification.labels)
        let report = ClassificationReport(task: classification, title: task.data, examples: examples, results: results)
        var result = TaskOutput(report.report, ClassifyDocument(report), of: results)
        result.givesWay = task.resultFile == "-"
        return result
    }
}
