/// Qwen3 (Yang et al. 2025): Llama's layout with norms of queries and keys, dense or with a mixture of experts.
struct Qwen3: Architecture {
    static let identifiers = ["qwen3", "qwen3moe"]
    static let huggingFace = HuggingFaceLayout.decoder(
        ["qwen3": "qwen3", "qwen3_moe": "qwen3moe"],
        names: [
            .init("mlp.gate", "ffn_gate_inp"), .init("mlp.experts.*.gate_proj", "ffn_gate_exps.*"),
            .init("mlp.experts.*.up_proj", "ffn_up_exps.*"), .init("mlp.experts.*.down_proj", "ffn_down_exps.*"),
        ])

    let shape: ModelShape
    let decoder: Decoder

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        self.shape = shape
        let epsilon = try source.rmsEpsilon()
        decoder = try Decoder(source, shape, pairing: .halves) { index in
            var layer = try source.plainLayer(index, shape)
            let norms = try source.headNorms(index, shape, epsilon: epsilon)
            (layer.attention.queryNorm, layer.attention.keyNorm) = (norms.query, norms.key)
            return layer
        }
    }
}
