/// Llama (Touvron et al. 2023) and the models that share its layout: SmolLM, TinyLlama, Mistral with its sliding window
/// (Jiang et al. 2023), Mixtral with its experts (Jiang et al. 2024).
struct Llama: Architecture {
    static let identifiers = ["llama"]
    static let huggingFace = HuggingFaceLayout.decoder(
        ["llama": "llama", "mistral": "llama", "mixtral": "llama"],
        names: [
            .init("block_sparse_moe.gate", "ffn_gate_inp"),
            .init("block_sparse_moe.experts.*.w1", "ffn_gate_exps.*"),
            .init("block_sparse_moe.experts.*.w3", "ffn_up_exps.*"),
            .init("block_sparse_moe.experts.*.w2", "ffn_down_exps.*"),
        ])

    let shape: ModelShape
    let decoder: Decoder

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        self.shape = shape
        let window = try source.integer("attention.sliding_window", default: 0, in: 0...1 << 28)
        // Files of this architecture carry queries and keys permuted, so that neighbours form a pair.
        decoder = try Decoder(source, shape, pairing: source.pairing(inFile: .neighbours)) { index in
            var layer = try source.plainLayer(index, shape)
            layer.attention.window = window > 0 ? window : nil
            return layer
        }
    }
}
