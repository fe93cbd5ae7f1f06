/// One thing to be done: a text, and where it is known, what should come of it.
public struct Example: Sendable, Equatable, Codable, Identifiable {
    /// Unlike all others of its file: the file's own field `id`, or the number of the row from 1.
    public var id: String
    public var text: String
    /// A label, a JSON value, or an answer; nil where nobody said.
    public var expected: String?

    public init(id: String, text: String, expected: String? = nil) {
        self.id = id
        self.text = text
        self.expected = expected
    }
}
