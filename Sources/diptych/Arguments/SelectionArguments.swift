import ArgumentParser
import Evaluation

/// Which fields of a file hold what, and how many of its examples are taken.
struct SelectionArguments: ParsableArguments {
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

    var fields: ExampleFields { ExampleFields(text: textField, expected: expectedField, id: idField) }

    /// As many examples as were asked for.
    func drawn(from examples: [Example]) -> [Example] {
        guard let limit, limit < examples.count else { return examples }
        return ExampleSplit.split(examples, shares: [Double(limit) / Double(examples.count)], seed: seed)[0]
    }
}
