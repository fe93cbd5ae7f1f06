/// Phi-2 (Javaheripi et al. 2023): attention and feed forward side by side behind one layer norm, biases everywhere, and a
/// rotation of a part of each head.
struct Phi2: Architecture {
    static let identifiers = ["phi2"]

    let shape: ModelShape
    let decoder: Decoder

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        self.shape = shape
        let (width, epsilon) = (shape.embeddingLength, try source.layerNormEpsilon())
        let embedding = try source.embedding(shape)
        decoder = Decoder(
            embedding: embedding,
            rotations: [try source.rotation(shape, pairing: .halves)],
            layers: try (0..<shape.layerCount).map { index in
                var attention = try source.attention(index, shape)
                attention.rotation = 0
                return Decoder.Layer(
                    attentionNorm: try source.layerNorm("blk.\(index).attn_norm", count: width, epsilon: epsilon),
                    attention: attention, feedForwardInput: .attentionInput,
                    feedForward: .dense(try source.feedForward(index, shape, .gelu)))
            },
            outputNorm: try source.layerNorm("output_norm", count: width, epsilon: epsilon),
            output: try source.output(shape, embedding: embedding))
    }
}
