/// Phi-3 and Phi-3.5 (Abdin et al. 2024): Llama's layout with fused projections, and LongRoPE for long contexts.
struct Phi3: Architecture {
    static let identifiers = ["phi3"]
    static let huggingFace = HuggingFaceLayout.decoder(
        ["phi3": "phi3"],
        names: [.init("self_attn.qkv_proj", "attn_qkv"), .init("mlp.gate_up_proj", "ffn_up")])

    let shape: ModelShape
    let decoder: Decoder

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        self.shape = shape
        let window = try source.integer("attention.sliding_window", default: 0, in: 0...1 << 28)
        decoder = try Decoder(source, shape, pairing: .halves) { index in
            var layer = try source.plainLayer(index, shape)
            layer.attention.window = window > 0 ? window : nil
            return layer
        }
    }
}
