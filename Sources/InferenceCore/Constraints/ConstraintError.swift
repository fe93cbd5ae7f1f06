/// Why a constraint can't be used. Each description is one line that says what was expected, what was found and what to
/// do.
public enum ConstraintError: Error, Sendable, Equatable {
    /// What a constraint is written in.
    public enum Notation: String, Sendable, Equatable {
        case choices = "choices"
        case regularExpression = "regular expression"
        case jsonSchema = "JSON schema"
        case grammar = "grammar"
    }

    /// Lines and columns count from 1, columns in characters.
    case syntax(Notation, line: Int, column: Int, message: String)
    /// A grammar's rule that is used and nowhere defined.
    case undefinedRule(name: String, line: Int, column: Int)
    /// A feature of regular expressions that isn't here, such as "lookahead".
    case unsupportedFeature(String, column: Int)
    /// A keyword of JSON Schema that isn't here, and where it stands, such as `/properties/a/if`.
    case unsupportedKeyword(String, path: String)
    /// A schema whose keyword has a value that it can't have, or that can't be had together with the others here.
    case invalidSchema(path: String, message: String)
    /// Nothing at all satisfies it.
    case unsatisfiable(Notation, reason: String)
    /// A rule that calls itself before anything is read, in a way that can't be turned round.
    case leftRecursion(rule: String)
    /// The system has no thread to spare to compile it on.
    case noThread
    /// More than `limit` of something are needed.
    case tooLarge(Notation, what: String, limit: Int)
    /// It was bound to another vocabulary than the model's.
    case otherVocabulary(path: String)
    /// The beginning of the answer that was given has something else than what is allowed from this byte on.
    case prefixNotAllowed(byte: Int)
    /// The vocabulary has no token for what has to follow.
    case noToken
}

extension ConstraintError: CustomStringConvertible {
    /// One line of bounded length, whatever the constraint has in it.
    public var description: String {
        text.visible(limit: 1000)
    }

    private var text: String {
        switch self {
        case .syntax(let notation, let line, let column, let message):
            "\(notation.rawValue), line \(line), column \(column): \(message)"
        case .undefinedRule(let name, let line, let column):
            "grammar, line \(line), column \(column): rule \"\(name)\" is not defined; define it with \(name) ::= …"
        case .unsupportedFeature(let feature, let column):
            "regular expression, column \(column): \(feature) is not supported; "
                + "write it with classes, groups, alternatives and repetitions"
        case .unsupportedKeyword(let keyword, let path):
            "JSON schema, \(path): keyword \"\(keyword)\" is not supported; remove it, or choose from "
                + JSONSchemaKeyword.supportedNames.joined(separator: ", ")
        case .invalidSchema(let path, let message):
            "JSON schema, \(path.isEmpty ? "/" : path): \(message)"
        case .unsatisfiable(let notation, let reason):
            "\(notation.rawValue): nothing can satisfy it: \(reason)"
        case .leftRecursion(let rule):
            "grammar: rule \"\(rule)\" calls itself before anything is read, in a way that can't be turned round; "
                + "write it with repetition"
        case .noThread:
            "the system has no thread to spare for compiling a constraint; end other programs"
        case .tooLarge(let notation, let what, let limit):
            "\(notation.rawValue): needs more than \(limit) \(what); use smaller repetitions and fewer alternatives"
        case .otherVocabulary(let path):
            "\(path): the constraint was made for another vocabulary; bind it to this model's tokenizer"
        case .prefixNotAllowed(let byte):
            "the beginning of the answer doesn't satisfy the constraint from byte \(byte) on; leave it out or change it"
        case .noToken:
            "no token of the vocabulary can follow as the constraint demands; "
                + "choose a model that has a token for every byte"
        }
    }
}
