/// Gemma 3 (Gemma Team 2025): five layers with a sliding window, then one that sees everything, each kind with its own
/// rotation; norms of queries and keys, and of each branch before it is added.
struct Gemma3: Architecture {
    static let identifiers = ["gemma3"]
    static let huggingFace = HuggingFaceLayout.decoder(
        ["gemma3_text": "gemma3"], norms: HuggingFaceLayout.fourNorms, change: .addedToOne)

    let shape: ModelShape
    let decoder: Decoder

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        self.shape = shape
        let (width, epsilon) = (shape.embeddingLength, try source.rmsEpsilon())
        let window = try source.integer("attention.sliding_window", in: 1...1 << 28)
        let period = try source.integer("attention.sliding_window_pattern", default: 6, in: 1...1 << 12)
        // The 27B model alone scales scores by its embedding's share of a head rather than by the head's size.
        let scoreWidth = shape.layerCount == 62 ? width / shape.headCount : shape.headSize
        let scoreScale = try source.floatIfPresent("attention.scale") ?? 1 / Float(scoreWidth).squareRoot()
        var decoder = try Decoder(source, shape, pairing: .halves) { index in
            let isGlobal = index % period == period - 1
            var layer = try source.plainLayer(index, shape, activation: .gelu)
            let norms = try source.headNorms(index, shape, epsilon: epsilon)
            (layer.attention.queryNorm, layer.attention.keyNorm) = (norms.query, norms.key)
            layer.attention.rotation = isGlobal ? 0 : 1
            layer.attention.window = isGlobal ? nil : window
            layer.attention.scale = scoreScale
            layer.attentionPostNorm = try source.norm(
                "blk.\(index).post_attention_norm", count: width, epsilon: epsilon)
            layer.feedForwardPostNorm = try source.norm("blk.\(index).post_ffw_norm", count: width, epsilon: epsilon)
            return layer
        }
        decoder.embeddingScale = Float(width).squareRoot()
        decoder.rotations = [
            try source.rotation(shape, pairing: .halves, base: 1_000_000),
            RotaryEmbedding(
                pairing: .halves, rotated: shape.headSize,
                base: Double(try source.float("rope.local.freq_base", default: 10_000))),
        ]
        decoder.logitCap = try source.floatIfPresent("final_logit_softcapping") ?? 0
        self.decoder = decoder
    }
}
