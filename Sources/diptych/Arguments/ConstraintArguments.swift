import ArgumentParser
import Chat
import Evaluation

/// What an answer has to be.
struct ConstraintArguments: ParsableArguments {
    @Option(help: ArgumentHelp("The answer is one of these.", valueName: "a,b"))
    var choices: String?

    @Option(
        help: ArgumentHelp("The answer is a text that this expression matches as a whole.", valueName: "expression"))
    var regex: String?

    @Option(help: ArgumentHelp("The answer is JSON of the schema in this file.", valueName: "file"))
    var schema: String?

    @Option(help: ArgumentHelp("The answer is a text of the grammar in this file, in GBNF.", valueName: "file"))
    var grammar: String?

    @Flag(name: .customLong("json-object"), help: "The answer is a JSON object.")
    var isJSONObject = false

    func validate() throws {
        let count = [choices, regex, schema, grammar].count { $0 != nil } + (isJSONObject ? 1 : 0)
        guard count <= 1 else {
            throw ValidationError("Use one of --choices, --regex, --schema, --grammar and --json-object.")
        }
    }

    /// - Throws: ``CommandFailure`` for a file that can't be read, `ExampleFileError` for a list that can't.
    func constraint() throws -> AnswerConstraint? {
        if let choices { return .choices(try CSVText.fields(choices)) }
        if let regex { return .regularExpression(regex) }
        if let schema { return .jsonSchema(try Self.text(of: schema)) }
        if let grammar { return .grammar(try Self.text(of: grammar)) }
        return isJSONObject ? .jsonObject : nil
    }

    private static func text(of file: String) throws -> String {
        guard let text = String(validating: try FileBytes.read(file), as: UTF8.self) else {
            throw CommandFailure(message: "\(file): the text is not UTF-8")
        }
        return text
    }
}
