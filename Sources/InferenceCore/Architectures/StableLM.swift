/// StableLM and StableLM 2 (Bellagamba et al. 2024): Llama's layout with layer norms and a rotation of a part of each
/// head; larger ones with norms of each head, and both branches side by side.
struct StableLM: Architecture {
    static let identifiers = ["stablelm"]
    static let huggingFace = HuggingFaceLayout.decoder(
        ["stablelm": "stablelm"],
        names: [
            .init("self_attn.q_layernorm.norms.*", "attn_q_norm.*"),
            .init("self_attn.k_layernorm.norms.*", "attn_k_norm.*"),
        ])

    let shape: ModelShape
    let decoder: Decoder

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        self.shape = shape
        let (width, epsilon) = (shape.embeddingLength, try source.layerNormEpsilon())
        let embedding = try source.embedding(shape)
        /// Norms with weights of their own for each head, where the file has them.
        func headNorm(_ name: String, heads: Int) throws -> Norm? {
            try source.weights.rowsIfPresent(name, rows: heads, columns: shape.headSize).map {
                Norm(.layer, weight: $0, epsilon: epsilon)
            }
        }
        decoder = Decoder(
            embedding: embedding,
            rotations: [try source.rotation(shape, pairing: .halves)],
            layers: try (0..<shape.layerCount).map { index in
                let block = "blk.\(index)"
                var attention = try source.attention(index, shape)
                attention.rotation = 0
                attention.queryNorm = try headNorm("\(block).attn_q_norm.weight", heads: shape.headCount)
                attention.keyNorm = try headNorm("\(block).attn_k_norm.weight", heads: shape.cacheHeadCount)
                let hasSecondNorm = source.weights.has("\(block).ffn_norm.weight")
                return Decoder.Layer(
                    attentionNorm: try source.layerNorm("\(block).attn_norm", count: width, epsilon: epsilon),
                    attention: attention,
                    feedForwardInput: hasSecondNorm
                        ? .stream(try source.layerNorm("\(block).ffn_norm", count: width, epsilon: epsilon))
                        : .attentionInput,
                    feedForward: .dense(try source.feedForward(index, shape, .silu)))
            },
            outputNorm: try source.layerNorm("output_norm", count: width, epsilon: epsilon),
            output: try source.output(shape, embedding: embedding))
    }
}
