/// Which fields of a file hold what. The names that are tried first are those that people use most.
public struct ExampleFields: Sendable, Equatable, Codable {
    /// The field with the text; nil tries ``textNames``.
    public var text: String?
    /// The field with what is expected; nil tries ``expectedNames``, and none of them is no error.
    public var expected: String?
    /// The field with the name of the example; nil tries `id`, then counts rows.
    public var id: String?

    public init(text: String? = nil, expected: String? = nil, id: String? = nil) {
        self.text = text
        self.expected = expected
        self.id = id
    }

    static let textNames = ["text", "input", "prompt", "sentence", "question"]
    static let expectedNames = ["label", "expected", "answer", "output", "target", "gold"]

    /// The text of a file's one row.
    /// - Parameter fields: texts by name.
    /// - Returns: nil where there is no text.
    func example(of fields: [String: String], row: Int) -> Example? {
        guard let text = (text.map { [$0] } ?? Self.textNames).lazy.compactMap({ fields[$0] }).first else { return nil }
        let expected = (expected.map { [$0] } ?? Self.expectedNames).lazy.compactMap { fields[$0] }.first
        let id = fields[id ?? "id"] ?? "\(row)"
        return Example(id: id, text: text, expected: expected.flatMap { $0.isEmpty ? nil : $0 })
    }

    /// What a file without a text is told.
    var wantedText: String {
        text.map { "a field '\($0)'" } ?? "a field " + Self.textNames.map { "'\($0)'" }.joined(separator: ", ")
    }
}
