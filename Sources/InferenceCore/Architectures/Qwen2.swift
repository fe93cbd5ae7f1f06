/// Qwen2 and Qwen2.5 (Yang et al. 2024): Llama's layout with biases on queries, keys and values.
struct Qwen2: Architecture {
    static let identifiers = ["qwen2"]

    let shape: ModelShape
    private let decoder: Decoder
    var rotations: [RotaryEmbedding] { decoder.rotations }

    init(_ source: ModelSource) throws {
        shape = try source.shape()
        decoder = try Decoder(source, shape, pairing: .halves)
    }

    func forward(_ pass: borrowing Pass, tokens: UnsafePointer<TokenID>) throws {
        try decoder(pass, tokens: tokens)
    }
}
