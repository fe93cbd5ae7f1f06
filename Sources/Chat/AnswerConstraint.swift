/// What an answer must be, by construction: the backend only chooses tokens that can still become such an answer.
public enum AnswerConstraint: Sendable, Equatable, Codable {
    /// One of these texts, to the letter.
    case choices([String])
    /// A text that the whole expression matches.
    case regularExpression(String)
    /// JSON of this schema (JSON Schema, draft 2020-12), whose text is given.
    case jsonSchema(String)
    /// Any JSON object.
    case jsonObject
    /// A text of this grammar's rule `root`, in GBNF.
    case grammar(String)
}

extension AnswerConstraint {
    /// What it is, for people: "a JSON schema".
    public var kind: String {
        switch self {
        case .choices: "a list of choices"
        case .regularExpression: "a regular expression"
        case .jsonSchema: "a JSON schema"
        case .jsonObject: "a JSON object"
        case .grammar: "a grammar"
        }
    }
}
