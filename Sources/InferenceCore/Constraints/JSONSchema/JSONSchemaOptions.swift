/// How JSON that satisfies a schema is written.
public struct JSONSchemaOptions: Sendable, Equatable {
    public enum Whitespace: Sendable, Equatable {
        /// None at all.
        case none
        /// At each place either nothing, or one space, or one line feed and at most 20 spaces; only one space behind a
        /// colon. A model writes as it is used to, but can't go on with blanks for ever.
        case bounded
    }

    public var whitespace = Whitespace.bounded
    /// Whether an object may have members that its schema doesn't name, where the schema doesn't say. JSON Schema allows
    /// them; a model that is asked for some fields had better not add others.
    public var allowsUndeclaredMembers = false

    public init(whitespace: Whitespace = .bounded, allowsUndeclaredMembers: Bool = false) {
        self.whitespace = whitespace
        self.allowsUndeclaredMembers = allowsUndeclaredMembers
    }
}
