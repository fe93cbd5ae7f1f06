/// GPT-2 (Radford et al. 2019): learned positions, layer norms, a feed-forward part without a gate.
struct GPT2: Architecture {
    static let identifiers = ["gpt2"]
    static let huggingFace = HuggingFaceLayout(
        types: ["gpt2": "gpt2"],
        names: [
            .init("wte", "token_embd"), .init("wpe", "position_embd"), .init("ln_f", "output_norm"),
            .init("lm_head", "output"), .init("h.#.ln_1", "blk.#.attn_norm"),
            .init("h.#.attn.c_attn", "blk.#.attn_qkv", .transposed),
            .init("h.#.attn.c_proj", "blk.#.attn_output", .transposed), .init("h.#.ln_2", "blk.#.ffn_norm"),
            .init("h.#.mlp.c_fc", "blk.#.ffn_up", .transposed),
            .init("h.#.mlp.c_proj", "blk.#.ffn_down", .transposed),
        ])

    let shape: ModelShape
    let decoder: Decoder

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        self.shape = shape
        let (width, epsilon) = (shape.embeddingLength, try source.layerNormEpsilon())
        let embedding = try source.embedding(shape)
        decoder = Decoder(
            embedding: embedding,
            positions: try source.weights.matrix("position_embd.weight", rows: shape.contextLength, columns: width),
            rotations: [],
            layers: try (0..<shape.layerCount).map { index in
                Decoder.Layer(
                    attentionNorm: try source.layerNorm("blk.\(index).attn_norm", count: width, epsilon: epsilon),
                    attention: try source.attention(index, shape),
                    feedForwardInput: .stream(
                        try source.layerNorm("blk.\(index).ffn_norm", count: width, epsilon: epsilon)),
                    feedForward: .dense(try source.feedForward(index, shape, .gelu)))
            },
            outputNorm: try source.layerNorm("output_norm", count: width, epsilon: epsilon),
            output: try source.output(shape, embedding: embedding))
    }
}
