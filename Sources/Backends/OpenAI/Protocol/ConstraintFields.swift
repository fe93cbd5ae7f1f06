import Chat
import Foundation

/// How servers are told what an answer has to be.
enum ConstraintDialect: Sendable, Equatable {
    /// The protocol's `response_format` alone, which knows JSON.
    case standard
    /// `grammar` in GBNF besides, as llama.cpp has it.
    case grammar
    /// `structured_outputs` besides, as vLLM has it.
    case structuredOutputs
    /// `regex` besides, as SGLang has it.
    case regularExpression

    /// The fields that say it.
    /// - Returns: nil where this server can't be told.
    func fields(for constraint: AnswerConstraint) -> [String: CompletionRequest.JSON]? {
        switch (constraint, self) {
        case (.jsonObject, _): ["response_format": .object(["type": .text("json_object")])]
        case (.jsonSchema(let schema), _):
            [
                "response_format": .object([
                    "type": .text("json_schema"),
                    "json_schema": .object([
                        "name": .text("answer"), "strict": .flag(true), "schema": .verbatim(schema),
                    ]),
                ])
            ]
        case (.choices(let choices), .structuredOutputs):
            ["structured_outputs": .object(["choice": .list(choices.map { .text($0) })])]
        case (.regularExpression(let expression), .structuredOutputs):
            ["structured_outputs": .object(["regex": .text(expression)])]
        case (.grammar(let grammar), .structuredOutputs):
            ["structured_outputs": .object(["grammar": .text(grammar)])]
        case (.grammar(let grammar), .grammar): ["grammar": .text(grammar)]
        case (.choices(let choices), .grammar):
            ["grammar": .text("root ::= " + choices.map(Self.literal).joined(separator: " | "))]
        case (.regularExpression(let expression), .regularExpression): ["regex": .text(expression)]
        case (.choices(let choices), .regularExpression):
            ["regex": .text("(" + choices.map(NSRegularExpression.escapedPattern(for:)).joined(separator: "|") + ")")]
        case (.choices, .standard), (.regularExpression, .standard), (.grammar, .standard),
            (.regularExpression, .grammar), (.grammar, .regularExpression):
            nil
        }
    }

    /// A text as a literal of GBNF.
    private static func literal(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n").replacing("\r", with: "\\r").replacing("\t", with: "\\t")
        return "\"\(escaped)\""
    }
}
