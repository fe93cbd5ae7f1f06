/// Qwen1.5 and Qwen2 with a mixture of experts (Yang et al. 2024): Qwen2's attention, experts whose weights aren't scaled
/// to sum to 1, and one more that every token goes through.
struct Qwen2MoE: Architecture {
    static let identifiers = ["qwen2moe"]

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
