/// What `embed --json` writes.
struct EmbedDocument: JSONDocument {
    struct Embedding: Codable, Sendable {
        /// Of the text, from 0.
        let index: Int
        let tokens: Int
        /// Whether the text was longer than the model reads.
        let isCut: Bool
        let vector: [Float]
    }

    var schema = 1
    let model: String
    let dimensions: Int
    /// Tokens that the model reads at most.
    let longestText: Int
    let pooling: String
    let isNormalized: Bool
    var embeddings: [Embedding] = []

    init(model: String, dimensions: Int, longestText: Int, pooling: String, isNormalized: Bool) {
        self.model = model
        self.dimensions = dimensions
        self.longestText = longestText
        self.pooling = pooling
        self.isNormalized = isNormalized
    }

    /// The document for people, and for programs that read columns: a vector a line.
    var text: String {
        embeddings.map { $0.vector.map { "\($0)" }.joined(separator: " ") + "\n" }.joined()
    }
}
