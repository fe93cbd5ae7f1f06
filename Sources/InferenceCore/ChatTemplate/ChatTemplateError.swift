/// Why a chat template can't be read or rendered, and where in it.
public struct ChatTemplateError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What went wrong, in kinds that a caller may treat differently.
    public enum Kind: Sendable, Equatable {
        /// The source is not a template.
        case syntax
        /// The template called `raise_exception`: it refuses these messages.
        case raised
        /// Something was asked of a value that is not defined.
        case undefined
        /// A value has the wrong type for what is asked of it.
        case type
        /// A value has the right type but can't be used so.
        case value
        /// The template reached for something the sandbox withholds.
        case security
        /// The template asks for something that this engine doesn't have.
        case unsupported
        /// The template is larger, deeper or slower than the bounds allow.
        case limit
    }

    public let kind: Kind
    /// The line of the template, counted from 1.
    public let line: Int
    /// What was expected and what was found.
    public let message: String

    init(_ kind: Kind, line: Int, _ message: String) {
        self.kind = kind
        self.line = line
        self.message = message
    }

    public var description: String {
        switch kind {
        case .raised: "chat template, line \(line): the template refuses these messages: \(message)"
        default: "chat template, line \(line): \(message)"
        }
    }
}
