import ArgumentParser
import Evaluation

/// Which examples a task works on.
struct ExampleArguments: ParsableArguments {
    @Argument(help: "Examples: JSON Lines, CSV or TSV with names in the first row, or text with an example a line.")
    var data: String

    @Option(help: ArgumentHelp("The field with the text.", valueName: "field"))
    var textField: String?

    @Option(help: ArgumentHelp("The field with what is expected.", valueName: "field"))
    var expectedField: String?

    @Option(help: ArgumentHelp("The field with a name for each example.", valueName: "field"))
    var idField: String?

    @Option(help: ArgumentHelp("Take so many examples, drawn at random but always the same ones.", valueName: "n"))
    var limit: Int?

    @Option(help: ArgumentHelp("Another seed draws other examples.", valueName: "n"))
    var seed: UInt64 = 0

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more, not \(limit).") }
    }

    /// - Throws: `ExampleFileError`.
    func examples() throws -> [Example] {
        let fields = ExampleFields(text: textField, expected: expectedField, id: idField)
        let all = try ExampleFile.read(data, fields: fields)
        guard let limit, limit < all.count else { return all }
        return ExampleSplit.split(all, shares: [Double(limit) / Double(all.count)], seed: seed)[0]
    }
}
