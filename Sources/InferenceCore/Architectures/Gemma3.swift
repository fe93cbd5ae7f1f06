/// Gemma 3 (Gemma Team 2025): five layers with a sliding window, then one that sees everything, each kind with its own
/// rotation; norms of queries and keys, and of each branch before it is added.
struct Gemma3: Architecture {
    static let identifiers = ["gemma3"]

    let shape: ModelShape
    private let decoder: Decoder
    var rotations: [RotaryEmbedding] { decoder.rotations }

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        let width = shape.embeddingLength
        let epsilon = try source.float("attention.layer_norm_rms_epsilon")
        let window = try source.integer("attention.sliding_window", in: 1...1 << 28)
        let period = try source.integer("attention.sliding_window_pattern", default: 6, in: 1...1 << 12)
        // The 27B model alone scales scores by its embedding's share of a head rather than by the head's size.
        let scoreWidth = shape.layerCount == 62 ? width / shape.headCount : shape.headSize
        let layers = try (0..<shape.layerCount).map { index in
            let isGlobal = index % period == period - 1
            return Decoder.Layer(
                attentionNorm: try source.norm("blk.\(index).attn_norm", count: width, epsilon: epsilon),
                attention: try source.attention(
                    index, shape, rotation: isGlobal ? 0 : 1, window: isGlobal ? nil : window,
                    scale: 1 / Float(scoreWidth).squareRoot(), headNormEpsilon: epsilon),
                attentionPostNorm: try source.norm(
                    "blk.\(index).post_attention_norm", count: width, epsilon: epsilon),
                feedForwardNorm: try source.norm("blk.\(index).ffn_norm", count: width, epsilon: epsilon),
                feedForward: try source.feedForward(index, shape, .gelu),
                feedForwardPostNorm: try source.norm("blk.\(index).post_ffw_norm", count: width, epsilon: epsilon))
        }
        let embedding = try source.weights.matrix(
            "token_embd.weight", rows: shape.vocabularySize, columns: width)
        self.shape = shape
        decoder = Decoder(
            embedding: embedding,
            embeddingScale: Float(width).squareRoot(),
            rotations: [
                RotaryEmbedding(
                    pairing: .halves, rotated: shape.headSize,
                    base: Double(try source.float("rope.freq_base", default: 1_000_000)),
                    scale: try source.positionScale()),
                RotaryEmbedding(
                    pairing: .halves, rotated: shape.headSize,
                    base: Double(try source.float("rope.local.freq_base", default: 10_000))),
            ],
            layers: layers,
            outputNorm: try source.norm("output_norm", count: width, epsilon: epsilon),
            output: try source.output(shape, embedding: embedding))
    }

    func forward(_ pass: borrowing Pass, tokens: UnsafePointer<TokenID>) throws {
        try decoder(pass, tokens: tokens)
    }
}
