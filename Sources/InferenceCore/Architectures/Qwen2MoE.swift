/// Qwen1.5 and Qwen2 with a mixture of experts (Yang et al. 2024): Qwen2's attention, experts whose weights aren't scaled
/// to sum to 1, and one more that every token goes through.
struct Qwen2MoE: Architecture {
    static let identifiers = ["qwen2moe"]
    static let huggingFace = HuggingFaceLayout.decoder(
        ["qwen2_moe": "qwen2moe"],
        names: [
            .init("mlp.gate", "ffn_gate_inp"), .init("mlp.experts.*.gate_proj", "ffn_gate_exps.*"),
            .init("mlp.experts.*.up_proj", "ffn_up_exps.*"), .init("mlp.experts.*.down_proj", "ffn_down_exps.*"),
            .init("mlp.shared_expert_gate", "ffn_gate_inp_shexp"),
            .init("mlp.shared_expert.gate_proj", "ffn_gate_shexp"),
            .init("mlp.shared_expert.up_proj", "ffn_up_shexp"),
            .init("mlp.shared_expert.down_proj", "ffn_down_shexp"),
        ])

    let shape: ModelShape
    let decoder: Decoder

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        self.shape = shape
        decoder = try Decoder(source, shape, pairing: .halves) {
            try source.plainLayer($0, shape, normalizesExperts: false)
        }
    }
}
