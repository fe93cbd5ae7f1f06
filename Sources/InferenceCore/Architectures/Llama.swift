/// Llama (Touvron et al. 2023) and the models that share its layout: SmolLM, TinyLlama, Mistral.
struct Llama: Architecture {
    static let identifiers = ["llama"]

    let shape: ModelShape
    private let decoder: Decoder
    var rotations: [RotaryEmbedding] { decoder.rotations }

    init(_ source: ModelSource) throws {
        shape = try source.shape()
        // Files of this architecture carry queries and keys permuted, so that neighbours form a pair.
        decoder = try Decoder(source, shape, pairing: .neighbours)
    }

    func forward(_ pass: borrowing Pass, tokens: UnsafePointer<TokenID>) throws {
        try decoder(pass, tokens: tokens)
    }
}

extension Decoder {
    /// The plain layout: norms before attention and feed forward, SiLU, one rotation. Biases where the file has them.
    init(_ source: ModelSource, _ shape: ModelShape, pairing: RotaryEmbedding.Pairing) throws {
        let width = shape.embeddingLength
        let epsilon = try source.float("attention.layer_norm_rms_epsilon")
        let rotated =
            try source.integer("rope.dimension_count", default: shape.headSize, in: 2...shape.headSize) / 2 * 2
        embedding = try source.weights.matrix("token_embd.weight", rows: shape.vocabularySize, columns: width)
        embeddingScale = 1
        rotations = [
            RotaryEmbedding(
                pairing: pairing, rotated: rotated,
                base: Double(try source.float("rope.freq_base", default: 10_000)),
                scale: try source.positionScale(),
                divisors: try source.weights.vectorIfPresent("rope_freqs.weight", count: rotated / 2))
        ]
        layers = try (0..<shape.layerCount).map { index in
            Decoder.Layer(
                attentionNorm: try source.norm("blk.\(index).attn_norm", count: width, epsilon: epsilon),
                attention: try source.attention(
                    index, shape, rotation: 0, scale: 1 / Float(shape.headSize).squareRoot()),
                attentionPostNorm: nil,
                feedForwardNorm: try source.norm("blk.\(index).ffn_norm", count: width, epsilon: epsilon),
                feedForward: try source.feedForward(index, shape, .silu),
                feedForwardPostNorm: nil)
        }
        outputNorm = try source.norm("output_norm", count: width, epsilon: epsilon)
        output = try source.output(shape, embedding: embedding)
    }
}
