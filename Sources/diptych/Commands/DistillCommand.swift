import ArgumentParser
import Chat
import Evaluation
import Foundation
import Reports
import Tasks

/// `diptych distill`: a small student learns what a large model says of texts.
struct DistillCommand: TaskCommand {
    static let configuration = CommandConfiguration(
        commandName: "distill",
        abstract: "Make a small, fast classifier that learned from what a large model says of texts.",
        discussion: """
            The teacher labels the texts, with probabilities where it gives some. The student, a regression on a sentence \
            encoder's vectors, learns them; what the file expects is only used to judge by. Both then do texts that were \
            held out. The student is one small file, which `diptych classify` takes as a model. An interrupted run goes \
            on where it was.
            """
    )

    @OptionGroup var source: ExampleArguments

    @Option(help: ArgumentHelp("Who labels the texts: a model of this machine or on a server.", valueName: "model"))
    var teacher: String

    @Option(
        help: ArgumentHelp(
            "What makes vectors of texts: a sentence encoder such as MiniLM, or a small model whose first layers do.",
            valueName: "model"))
    var encoder: String

    @Option(help: ArgumentHelp("How many layers of a model that is no sentence encoder; the default is half of them."))
    var depth: Int?

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Where the student goes: a name that ends in .json.", valueName: "file"))
    var studentFile: String

    @OptionGroup var question: QuestionArguments

    @Option(help: ArgumentHelp("The share of texts that is held out to judge by.", valueName: "share"))
    var testShare = 0.25

    @Option(
        help: ArgumentHelp("The share of texts that chooses how strongly weights are penalized.", valueName: "share"))
    var validationShare = 0.15

    @Option(
        name: .customLong("min-confidence"),
        help: ArgumentHelp("Leave out texts of which the teacher is less sure.", valueName: "p"))
    var minimumConfidence = 0.0

    @Option(
        help: ArgumentHelp(
            "Above 1, the labels that the teacher holds unlikely say more to the student.", valueName: "t"))
    var temperature = 1.0

    @OptionGroup var record: RecordArguments
    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup(title: "Servers") var servers: ServerArguments
    @OptionGroup var output: TaskOutputArguments

    func validate() throws {
        if let depth, depth < 1 { throw ValidationError("--depth must be 1 or more, not \(depth).") }
        guard StudentFile.isNamed(studentFile) else {
            throw ValidationError(
                "--output must end in .json, which tells a student from a model, not '\(studentFile)'.")
        }
    }

    func perform() async throws -> TaskOutput {
        let examples = try source.examples()
        let task = try question.task(of: examples)
        let plan = try DistillationPlan(
            labels: task.labels, testShare: testShare, validationShare: validationShare,
            minimumConfidence: minimumConfidence, temperature: temperature, seed: source.seed)
        let models = try TaskModels(engine, servers)
        let teacher = try models.resolver.resolve(teacher)
        let encoder = try await models.encoder(encoder, depth: depth)
        let distillation = Distillation(
            plan: plan, title: URL(filePath: source.data).lastPathComponent,
            teacher: try await models.classifier(teacher, role: .large, task: task), encoder: encoder.model,
            encoderIdentity: encoder.identity, studentName: URL(filePath: studentFile).lastPathComponent,
            date: Date.now.ISO8601Format(), examples: examples,
            price: models.resolver.configuration.localPrice.map(Price.init), encoderMemory: encoder.memoryUse)
        let result = try await TaskRun.keeping(record, task: "distill", data: source.data) { keeper, listener in
            try await keeper.perform(distillation) { await listener.take($0) }
        }
        let bytes = try await onOwnThread { try StudentFile.write(result.student, to: studentFile) }
        var output = TaskOutput(
            result.report, DistillDocument(result, data: source.data, student: studentFile, studentBytes: bytes))
        output.remark =
            "\(studentFile): \(FigureText.bytes(bytes)); diptych classify FILE --model \(studentFile) takes it"
        return output
    }
}

extension RecordKeeper {
    /// The vectors are kept beside the record.
    func perform(
        _ distillation: Distillation, onUpdate: @Sendable (TaskUpdate) async throws -> Void
    ) async throws -> Distillation.Result {
        let vectors = try VectorRecord(
            path: path + ".vectors",
            encoder: "\(distillation.encoderIdentity.fingerprint) \(distillation.encoderIdentity.depth ?? 0)",
            dimensions: distillation.encoder.dimensions)
        return try await distillation.run(record: record, vectors: vectors) { try await onUpdate($0) }
    }
}
