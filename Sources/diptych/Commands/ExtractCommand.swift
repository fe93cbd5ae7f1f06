import ArgumentParser
import Chat
import Evaluation
import Foundation
import InferenceCore
import Reports
import Tasks

/// `diptych extract`: fields of a schema out of texts.
struct ExtractCommand: TaskCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Take a record out of each text, by a JSON Schema.",
        discussion: """
            A model of this machine can't answer anything but a record of the schema, and the same text always gets the \
            same one, byte for byte. PDFs are read with poppler's pdftotext. With records to hold them against, the \
            models are compared by whole records and by fields. An interrupted run goes on where it was. Without a model \
            named, the catalog's default pair takes part.
            """
    )

    @OptionGroup var documents: DocumentArguments

    @Option(help: ArgumentHelp("The JSON Schema of the records.", valueName: "file"))
    var schema: String

    @Option(help: ArgumentHelp("Hold the records against these: JSON Lines with id and expected.", valueName: "file"))
    var expected: String?

    @Option(help: ArgumentHelp("What the models are told to do, before the schema.", valueName: "text"))
    var instruction: String?

    @Option(help: ArgumentHelp("Show these texts with their records before each text.", valueName: "file"))
    var shots: String?

    @Option(
        name: .customLong("max-tokens"), help: ArgumentHelp("A longer record is a failure, not a part.", valueName: "n")
    )
    var maximumTokens = 2048

    @OptionGroup var contenders: ContenderArguments
    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup(title: "Servers") var servers: ServerArguments
    @OptionGroup var output: TaskOutputArguments

    func validate() throws {
        guard maximumTokens >= 1 else {
            throw ValidationError("--max-tokens must be 1 or more, not \(maximumTokens).")
        }
        guard !(output.isJSON && documents.resultFile == "-") else {
            throw ValidationError("--json and -o - both write to standard output; name a file for -o.")
        }
    }

    func perform() async throws -> TaskOutput {
        let resultFile = try documents.resultFile.map { try RowFile($0) }
        let task = try extraction()
        let models = try TaskModels(engine, servers)
        let entries = try contenders.entries(by: models.resolver)
        if entries.contains(where: \.model.isHere) { try checkConstraint(task) }
        var texts = try await Self.read(documents)
        for note in texts.notes { Output.standardError.tell(note) }
        if let expected {
            texts.examples = try ExpectedRecords(path: expected, schema: task.schema).applied(to: texts.examples)
            if !texts.examples.contains(where: { $0.expected != nil }) {
                Output.standardError.tell("\(expected): none of its ids is that of a text")
            }
        }
        var entrants: [Entrant] = []
        for entry in entries {
            entrants.append(try await models.extractor(entry.model, role: entry.role, task: task))
        }
        let run = EvaluationRun(
            task: "extract", title: documents.title, entrants: entrants, examples: texts.examples,
            judge: RecordValue.isSame)
        let results = try await TaskRun(run, record: documents.record, data: documents.inputs[0]).perform()
        if let resultFile {
            let records = ExtractedRecords(texts.examples, results, unreadable: texts.unreadable)
            try resultFile.write(
                resultFile.format == .jsonLines ? records.jsonLines : records.table(separator: resultFile.separator))
        }
        let report = ExtractionReport(
            task: task, title: documents.title, examples: texts.examples, results: results,
            unreadable: texts.unreadable)
        var result = TaskOutput(report.report, ExtractDocument(report), of: results)
        result.givesWay = documents.resultFile == "-"
        return result
    }

    private static func read(_ documents: DocumentArguments) async throws -> DocumentExamples {
        let cancellation = InterruptFlag()
        return try await withTaskCancellationHandler {
            try await onOwnThread {
                let status = StatusLine(output: .standardError)
                defer { status.clear() }
                return try documents.texts(isCancelled: { cancellation.isRaised }) {
                    status.show("reading \($0) of \($1)")
                }
            }
        } onCancel: {
            cancellation.raise()
        }
    }

    /// Refuses, before any text is read, a schema that no model of this machine can be held to.
    private func checkConstraint(_ task: ExtractionTask) throws {
        do {
            _ = try Constraint.jsonSchema(task.schema.text)
        } catch {
            throw CommandFailure(message: "\(schema): \(error)")
        }
    }

    private func extraction() throws -> ExtractionTask {
        let text = try FileBytes.read(schema)
        guard let text = String(validating: text, as: UTF8.self) else {
            throw CommandFailure(message: "\(schema): expected a JSON Schema in UTF-8, found other bytes")
        }
        return try ExtractionTask(
            schema: RecordSchema(text, name: schema), instruction: instruction,
            shots: try shots.map { try ExampleFile.read($0) } ?? [], maximumTokens: maximumTokens)
    }
}
