/// Something that makes vectors of texts: texts that mean alike have vectors that point alike.
public protocol TextEmbedding: Sendable {
    /// What titles and reports say about the model; its context is the longest text that it reads.
    var profile: ModelProfile { get }
    /// Components of a vector.
    var dimensions: Int { get }

    /// A text's vector.
    /// - Throws: an error that says what was wrong and what to do; a ``RefusingError`` for a text that is too long.
    func embed(_ text: String) async throws -> TextVector
}

/// What a text means, as an encoder sees it.
public struct TextVector: Sendable, Equatable {
    /// [dimensions]
    public var components: [Float]
    /// Tokens of the text, those that begin and end it among them.
    public var tokens: Int

    public init(components: [Float], tokens: Int) {
        self.components = components
        self.tokens = tokens
    }
}
