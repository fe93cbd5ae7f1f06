import ArgumentParser
import Evaluation

/// Which examples a task works on, and where its results go.
struct TaskArguments: ParsableArguments {
    @OptionGroup var source: ExampleArguments

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp("Write a row for each example: .jsonl, .csv or .tsv.", valueName: "file"))
    var resultFile: String?

    @OptionGroup var record: RecordArguments

    var data: String { source.data }

    /// - Throws: `ExampleFileError`.
    func examples() throws -> [Example] { try source.examples() }
}

/// Where a task keeps what was done.
struct RecordArguments: ParsableArguments {
    @Option(
        name: .customLong("record"),
        help: ArgumentHelp(
            "Keep what was done in this file, and go on where it ends; the default is one in the state directory.",
            valueName: "file"))
    var path: String?

    @Flag(name: .customLong("fresh"), help: "Begin again: what an earlier run did is moved aside, not taken over.")
    var isFresh = false
}
