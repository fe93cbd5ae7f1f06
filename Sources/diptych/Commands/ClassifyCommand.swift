import ArgumentParser
import Chat
import Evaluation
import Reports
import Tasks

/// `diptych classify`: which label fits each text best.
struct ClassifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "classify",
        abstract: "Give each text one of some labels, by how likely a model holds each.",
        discussion: """
            Nothing is sampled: the same text always gets the same label. What all prompts have in common is computed \
            once. Where the file says what is expected, the models are compared by accuracy. An interrupted run goes on \
            where it was. Without a model named, the catalog's default pair takes part.
            """
    )

    @OptionGroup var task: TaskArguments

    @Option(
        help: ArgumentHelp(
            "The labels, separated by commas; the default is those that the file expects.", valueName: "a,b"))
    var labels: String?

    @Option(help: ArgumentHelp("What the models are told to do.", valueName: "text"))
    var instruction: String?

    @Option(
        help: ArgumentHelp("Show these examples with their labels before each text.", valueName: "file"))
    var shots: String?

    @Option(
        help: ArgumentHelp(
            "content-free takes away how much a model likes each label without any text.", valueName: "how"))
    var calibrate = ClassificationTask.Calibration.none

    @OptionGroup var contenders: ContenderArguments
    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup(title: "Servers") var servers: ServerArguments
    @OptionGroup var output: OutputArguments

    func run() async throws {
        let examples = try task.examples()
        let classification = try classification(of: examples)
        let models = try TaskModels(engine, servers)
        let entries = try contenders.entries(by: models.resolver)
        let results = try await cancellableByInterrupt { [task] in
            var entrants: [Entrant] = []
            for entry in entries {
                entrants.append(
                    try await models.classifier(entry.model, role: entry.role, task: classification))
            }
            let run = EvaluationRun(
                task: "classify", title: task.data, entrants: entrants, examples: examples, judge: ==)
            return try await TaskRun(run, record: task.record, data: task.data).perform()
        }
        if let path = task.resultFile {
            try ResultFile(path).write(examples, results, labels: classification.labels)
        }
        let report = ClassificationReport(task: classification, title: task.data, examples: examples, results: results)
        try Output.standard.write(output.isJSON ? ClassifyDocument(report).encoded() : report.report.terminalText)
    }

    private func classification(of examples: [Example]) throws -> ClassificationTask {
        let shots = try shots.map { try ExampleFile.read($0) } ?? []
        return try ClassificationTask(
            labels: labels.map { try Self.labels(in: $0) } ?? ClassificationTask.labels(expectedIn: examples),
            instruction: instruction, shots: shots, calibration: calibrate)
    }

    /// Labels in a list, which may be quoted as in CSV.
    static func labels(in list: String) throws -> [String] {
        let fields = try CSVText.fields(list)
        return fields.map { $0.trimmingCharacters(in: .whitespaces) }
    }
}

extension ClassificationTask.Calibration: ExpressibleByArgument {}
