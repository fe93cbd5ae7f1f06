import ArgumentParser
import Evaluation

/// Which texts a task works on, and where its results go.
struct DocumentArguments: ParsableArguments {
    @Argument(
        help: """
            Texts: JSON Lines, CSV or TSV with a text a row; any other file is one text, PDFs too; of a folder every \
            .pdf, .txt, .md and .eml.
            """)
    var inputs: [String]

    @Option(help: ArgumentHelp("The field with the text.", valueName: "field"))
    var textField: String?

    @Option(help: ArgumentHelp("The field with what is expected.", valueName: "field"))
    var expectedField: String?

    @Option(help: ArgumentHelp("The field with a name for each text.", valueName: "field"))
    var idField: String?

    @Option(help: ArgumentHelp("Take so many texts, drawn at random but always the same ones.", valueName: "n"))
    var limit: Int?

    @Option(help: ArgumentHelp("Another seed draws other texts.", valueName: "n"))
    var seed: UInt64 = 0

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write a row for each text: .jsonl, .csv or .tsv; - is standard output.", valueName: "file"))
    var resultFile: String?

    @OptionGroup var record: RecordArguments

    func validate() throws {
        guard !inputs.isEmpty else { throw ValidationError("Name a file or a folder of texts.") }
        if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more, not \(limit).") }
    }

    /// What the task is about, for titles and the record's name.
    var title: String { inputs.count == 1 ? inputs[0] : "\(inputs[0]) and \(inputs.count - 1) more" }

    /// Reads all texts. Blocks, for PDFs a while.
    /// - Parameters:
    ///   - isCancelled: asked several times a second.
    ///   - progress: called with the number of each file that is read, from 1, and how many there are.
    func texts(isCancelled: () -> Bool, progress: (Int, Int) -> Void) throws -> DocumentExamples {
        let fields = ExampleFields(text: textField, expected: expectedField, id: idField)
        var texts = try DocumentExamples(inputs, fields: fields, isCancelled: isCancelled, progress: progress)
        if let limit, limit < texts.examples.count {
            let share = Double(limit) / Double(texts.examples.count)
            texts.examples = ExampleSplit.split(texts.examples, shares: [share], seed: seed)[0]
        }
        return texts
    }
}
