extension Decoder {
    /// A decoder with one rotation and a final norm, of the layers that are given.
    /// - Parameter layer: makes the layer of this index.
    init(
        _ source: ModelSource, _ shape: ModelShape, pairing: RotaryEmbedding.Pairing,
        layer: (Int) throws -> Layer
    ) throws {
        embedding = try source.embedding(shape)
        rotations = [try source.rotation(shape, pairing: pairing)]
        layers = try (0..<shape.layerCount).map(layer)
        outputNorm = try source.norm("output_norm", count: shape.embeddingLength, epsilon: source.rmsEpsilon())
        output = try source.output(shape, embedding: embedding)
    }
}

extension ModelSource {
    /// Llama's layer: norms by root mean square before attention and the feed-forward part, one rotation, and SiLU.
    /// Biases where the file has them, experts where the metadata counts some.
    /// - Parameter normalizesExperts: whether the chosen experts' probabilities are scaled to sum to 1.
    func plainLayer(
        _ index: Int, _ shape: ModelShape, activation: FeedForward.Activation = .silu, normalizesExperts: Bool = true
    ) throws -> Decoder.Layer {
        let (width, epsilon) = (shape.embeddingLength, try rmsEpsilon())
        var attention = try attention(index, shape)
        attention.rotation = 0
        return Decoder.Layer(
            attentionNorm: try norm("blk.\(index).attn_norm", count: width, epsilon: epsilon),
            attention: attention,
            feedForwardInput: .stream(try norm("blk.\(index).ffn_norm", count: width, epsilon: epsilon)),
            feedForward: shape.expertCount > 0
                ? .experts(try experts(index, shape, normalizesWeights: normalizesExperts))
                : .dense(try feedForward(index, shape, activation)))
    }

    func rmsEpsilon() throws -> Float { try float("attention.layer_norm_rms_epsilon") }
    func layerNormEpsilon() throws -> Float { try float("attention.layer_norm_epsilon") }
}
