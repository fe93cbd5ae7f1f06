/// Qwen2 and Qwen2.5 (Yang et al. 2024): Llama's layout with biases on queries, keys and values.
struct Qwen2: Architecture {
    static let identifiers = ["qwen2"]
    static let huggingFace = HuggingFaceLayout.decoder(["qwen2": "qwen2"])

    let shape: ModelShape
    let decoder: Decoder

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        self.shape = shape
        decoder = try Decoder(source, shape, pairing: .halves) { try source.plainLayer($0, shape) }
    }
}
