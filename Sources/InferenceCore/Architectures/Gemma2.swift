/// Gemma 2 (Gemma Team 2024): a sliding window in every other layer, softly capped scores and logits, and norms of each
/// branch before it is added.
struct Gemma2: Architecture {
    static let identifiers = ["gemma2"]
    static let huggingFace = HuggingFaceLayout.decoder(
        ["gemma2": "gemma2"], norms: HuggingFaceLayout.fourNorms, change: .addedToOne)

    let shape: ModelShape
    let decoder: Decoder

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        self.shape = shape
        let (width, epsilon) = (shape.embeddingLength, try source.rmsEpsilon())
        let window = try source.integer("attention.sliding_window", default: 4096, in: 1...1 << 28)
        let scoreCap = try source.float("attn_logit_softcapping", default: 50)
        // The 27B model alone scales scores by its embedding's share of a head rather than by the head's size.
        let scoreWidth = shape.layerCount == 46 ? width / shape.headCount : shape.headSize
        let scoreScale = try source.floatIfPresent("attention.scale") ?? 1 / Float(scoreWidth).squareRoot()
        var decoder = try Decoder(source, shape, pairing: .halves) { index in
            var layer = try source.plainLayer(index, shape, activation: .gelu)
            layer.attention.window = index.isMultiple(of: 2) ? window : nil
            layer.attention.scale = scoreScale
            layer.attention.scoreCap = scoreCap
            layer.attentionPostNorm = try source.norm(
                "blk.\(index).post_attention_norm", count: width, epsilon: epsilon)
            layer.feedForwardPostNorm = try source.norm("blk.\(index).post_ffw_norm", count: width, epsilon: epsilon)
            return layer
        }
        decoder.embeddingScale = Float(width).squareRoot()
        decoder.logitCap = try source.float("final_logit_softcapping", default: 30)
        self.decoder = decoder
    }
}
