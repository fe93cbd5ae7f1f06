/// StarCoder 2 (Lozhkov et al. 2024): GPT-2's norms and feed-forward part, with biases, rotary positions and grouped
/// queries.
struct StarCoder2: Architecture {
    static let identifiers = ["starcoder2"]
    static let huggingFace = HuggingFaceLayout.decoder(
        ["starcoder2": "starcoder2"],
        names: [.init("mlp.c_fc", "ffn_up"), .init("mlp.c_proj", "ffn_down")])

    let shape: ModelShape
    let decoder: Decoder

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        self.shape = shape
        let (width, epsilon) = (shape.embeddingLength, try source.layerNormEpsilon())
        let window = try source.integer("attention.sliding_window", default: 0, in: 0...1 << 28)
        let embedding = try source.embedding(shape)
        decoder = Decoder(
            embedding: embedding,
            rotations: [try source.rotation(shape, pairing: .halves)],
            layers: try (0..<shape.layerCount).map { index in
                var attention = try source.attention(index, shape)
                attention.rotation = 0
                attention.window = window > 0 ? window : nil
                return Decoder.Layer(
                    attentionNorm: try source.layerNorm("blk.\(index).attn_norm", count: width, epsilon: epsilon),
                    attention: attention,
                    feedForwardInput: .stream(
                        try source.layerNorm("blk.\(index).ffn_norm", count: width, epsilon: epsilon)),
                    feedForward: .dense(try source.feedForward(index, shape, .gelu)))
            },
            outputNorm: try source.layerNorm("output_norm", count: width, epsilon: epsilon),
            output: try source.output(shape, embedding: embedding))
    }
}
