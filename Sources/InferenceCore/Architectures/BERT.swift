/// BERT (Devlin et al. 2019), the sentence encoders made from it such as MiniLM (Reimers and Gurevych 2019), and DistilBERT
/// (Sanh et al. 2019), which knows no second text.
struct BERT: EncoderArchitecture {
    static let identifiers = ["bert", "distilbert"]
    static let huggingFace = HuggingFaceLayout(
        types: ["bert": "bert", "distilbert": "distilbert"],
        names: [
            .init("embeddings.word_embeddings", "token_embd"), .init("embeddings.position_embeddings", "position_embd"),
            .init("embeddings.token_type_embeddings", "token_types"), .init("embeddings.LayerNorm", "token_embd_norm"),
            .init("encoder.layer.#.attention.self.query", "blk.#.attn_q"),
            .init("encoder.layer.#.attention.self.key", "blk.#.attn_k"),
            .init("encoder.layer.#.attention.self.value", "blk.#.attn_v"),
            .init("encoder.layer.#.attention.output.dense", "blk.#.attn_output"),
            .init("encoder.layer.#.attention.output.LayerNorm", "blk.#.attn_output_norm"),
            .init("encoder.layer.#.intermediate.dense", "blk.#.ffn_up"),
            .init("encoder.layer.#.output.dense", "blk.#.ffn_down"),
            .init("encoder.layer.#.output.LayerNorm", "blk.#.layer_output_norm"),
            .init("layer.#.attention.q_lin", "blk.#.attn_q"), .init("layer.#.attention.k_lin", "blk.#.attn_k"),
            .init("layer.#.attention.v_lin", "blk.#.attn_v"), .init("layer.#.attention.out_lin", "blk.#.attn_output"),
            .init("layer.#.sa_layer_norm", "blk.#.attn_output_norm"), .init("layer.#.ffn.lin1", "blk.#.ffn_up"),
            .init("layer.#.ffn.lin2", "blk.#.ffn_down"), .init("layer.#.output_layer_norm", "blk.#.layer_output_norm"),
            .init("pooler.dense", "cls"), .init("pre_classifier", "cls"), .init("classifier", "cls.output"),
            .init("qa_outputs", "qa.output"),
        ])

    let shape: ModelShape
    let encoder: Encoder
    let head: EncoderHead

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        self.shape = shape
        let width = shape.embeddingLength
        let epsilon = try source.float("attention.layer_norm_epsilon", default: 1e-12)
        encoder = Encoder(
            embedding: try source.embedding(shape),
            positions: try source.weights.matrix("position_embd.weight", rows: shape.contextLength, columns: width),
            types: try source.tokenTypes(width: width),
            embeddingNorm: try source.layerNorm("token_embd_norm", count: width, epsilon: epsilon),
            layers: try (0..<shape.layerCount).map { index in
                let block = "blk.\(index)"
                var attention = try source.attention(index, shape)
                attention.isBidirectional = true
                return Encoder.Layer(
                    attention: attention,
                    attentionNorm: try source.layerNorm("\(block).attn_output_norm", count: width, epsilon: epsilon),
                    feedForward: try source.feedForward(index, shape, .exactGELU),
                    feedForwardNorm: try source.layerNorm(
                        "\(block).layer_output_norm", count: width, epsilon: epsilon))
            })
        head = try source.head(width: width, activation: source.prefix == "distilbert" ? .relu : .tanh)
    }
}

extension ModelSource {
    /// Embeddings of the first and second text.
    fileprivate func tokenTypes(width: Int) throws -> Matrix? {
        guard let tensor = checkpoint["token_types.weight"], tensor.shape.count == 2 else { return nil }
        return try weights.matrix("token_types.weight", rows: max(1, min(tensor.shape[1], 1 << 10)), columns: width)
    }

    /// What stands above the encoder, as far as the file has it.
    fileprivate func head(width: Int, activation: EncoderHead.Activation) throws -> EncoderHead {
        func output(_ name: String) throws -> Linear? {
            guard let tensor = checkpoint["\(name).weight"], tensor.shape.count == 2 else { return nil }
            return try linear(name, outputs: max(1, min(tensor.shape[1], 1 << 20)), inputs: width)
        }
        return EncoderHead(
            dense: weights.has("cls.weight") ? try linear("cls", outputs: width, inputs: width) : nil,
            activation: activation, classifier: try output("cls.output"), span: try output("qa.output"))
    }
}
