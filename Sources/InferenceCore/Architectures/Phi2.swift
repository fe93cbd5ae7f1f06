/// Phi-2 (Javaheripi et al. 2023): attention and feed forward side by side behind one layer norm, biases everywhere, and a
/// rotation of a part of each head.
struct Phi2: Architecture {
    static let identifiers = ["phi2"]
    static let huggingFace = HuggingFaceLayout(
        types: ["phi": "phi2"],
        names: [
            .init("model.embed_tokens", "token_embd"), .init("model.final_layernorm", "output_norm"),
            .init("lm_head", "output"), .init("model.layers.#.input_layernorm", "blk.#.attn_norm"),
            .init("model.layers.#.self_attn.q_proj", "blk.#.attn_q"),
            .init("model.layers.#.self_attn.k_proj", "blk.#.attn_k"),
            .init("model.layers.#.self_attn.v_proj", "blk.#.attn_v"),
            .init("model.layers.#.self_attn.dense", "blk.#.attn_output"),
            .init("model.layers.#.mlp.fc1", "blk.#.ffn_up"), .init("model.layers.#.mlp.fc2", "blk.#.ffn_down"),
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
