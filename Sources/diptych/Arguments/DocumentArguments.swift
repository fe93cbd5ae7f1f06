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

    @OptionGroup var selection: SelectionArguments

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write a row for each text: .jsonl, .csv or .tsv; - is standard output.", valueName: "file"))
    var resultFile: String?

    @OptionGroup var record: RecordArguments

    func validate() throws {
        guard !inputs.isEmpty else { throw ValidationError("Name a file or a folder of texts.") }
    }

    /// What the task is about, for titles and the record's name.
    var title: String { inputs.count == 1 ? inputs[0] : "\(inputs[0]) and \(inputs.count - 1) more" }

    /// Reads all texts. Blocks, for PDFs a while.
    /// - Parameters:
    ///   - isCancelled: asked several times a second.
    ///   - progress: called with the number of each file that is read, from 1, and how many there are.
    func texts(isCancelled: () -> Bool, progress: (Int, Int) -> Void) throws -> DocumentExamples {
        var texts = try DocumentExamples(
            inputs, fields: selection.fields, isCancelled: isCancelled, progress: progress)
        texts.examples = selection.drawn(from: texts.examples)
        return texts
    }
}
