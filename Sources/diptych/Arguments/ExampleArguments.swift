import ArgumentParser
import Evaluation

/// Which examples a task works on.
struct ExampleArguments: ParsableArguments {
    @Argument(help: "Examples: JSON Lines, CSV or TSV with names in the first row, or text with an example a line.")
    var data: String

    @OptionGroup var selection: SelectionArguments

    var seed: UInt64 { selection.seed }

    /// - Throws: `ExampleFileError`.
    func examples() throws -> [Example] {
        selection.drawn(from: try ExampleFile.read(data, fields: selection.fields))
    }
}
