/// Rotary positions, as the metadata describes them.
extension ModelSource {
    /// Which components form a pair, for families whose queries and keys GGUF files permute.
    func pairing(inFile pairing: RotaryEmbedding.Pairing) -> RotaryEmbedding.Pairing {
        checkpoint.hasOriginalRotations ? .halves : pairing
    }

    /// The rotation that the keys under `rope` describe.
    func rotation(
        _ shape: ModelShape, pairing: RotaryEmbedding.Pairing, base: Float = 10_000
    ) throws -> RotaryEmbedding {
        let rotated =
            try integer("rope.dimension_count", default: shape.headSize, in: 2...shape.headSize) / 2 * 2
        return RotaryEmbedding(
            pairing: pairing, rotated: rotated, base: Double(try float("rope.freq_base", default: base)),
            scaling: try rotaryScaling(shape, rotated: rotated))
    }

    /// How the rotation is stretched.
    func rotaryScaling(_ shape: ModelShape, rotated: Int) throws -> RotaryScaling {
        func factors(_ name: String) throws -> [Double]? {
            try weights.vectorIfPresent(name, count: rotated / 2).map { vector in
                (0..<vector.count).map { Double(vector.pointer[$0]) }
            }
        }
        if let divisors = try factors("rope_freqs.weight") { return .divisors(divisors) }
        let trained = try integer(
            "rope.scaling.original_context_length", default: shape.contextLength, in: 1...1 << 28)
        if let short = try factors("rope_factors_short.weight"), let long = try factors("rope_factors_long.weight") {
            return .longRoPE(
                short: short, long: long, trained: trained,
                magnitude: Double(try float("rope.scaling.attn_factor", default: 1)))
        }
        let key = "\(prefix).rope.scaling.type"
        let kind = try checkpoint.metadata.stringIfPresent(key) ?? "linear"
        let factor = Double(try float("rope.scaling.factor", default: 1))
        switch kind {
        case "none": return .none
        case "linear": return factor == 1 ? .none : .linear(factor: factor)
        case "llama3":
            return .llama3(
                factor: factor, lowFactor: Double(try float("rope.scaling.low_freq_factor", default: 1)),
                highFactor: Double(try float("rope.scaling.high_freq_factor", default: 4)), trained: trained)
        case "yarn":
            return .yarn(
                factor: factor, trained: trained,
                fast: Double(try float("rope.scaling.yarn_beta_fast", default: 32)),
                slow: Double(try float("rope.scaling.yarn_beta_slow", default: 1)),
                magnitude: Double(try float("rope.scaling.attn_factor", default: 1))
                    * RotaryScaling.yarnMagnitude(factor: factor))
        default:
            throw ModelError.invalidHyperparameter(
                path: checkpoint.path, key: key, found: "\"\(kind)\"",
                expected: "\"none\", \"linear\", \"llama3\", \"yarn\" or \"longrope\" with its factors")
        }
    }
}
