/// Gemma (Gemma Team 2024): Llama's layout with GELU, wide heads, and embeddings scaled by the root of their width.
struct Gemma: Architecture {
    static let identifiers = ["gemma"]
    static let huggingFace = HuggingFaceLayout.decoder(["gemma": "gemma"], change: .addedToOne)

    let shape: ModelShape
    let decoder: Decoder

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        self.shape = shape
        var decoder = try Decoder(source, shape, pairing: .halves) {
            try source.plainLayer($0, shape, activation: .gelu)
        }
        decoder.embeddingScale = Float(shape.embeddingLength).squareRoot()
        self.decoder = decoder
    }
}
