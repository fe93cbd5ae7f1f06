/// OLMo 2 (OLMo Team 2024): no norm before a branch but one behind it, and norms of all queries and of all keys together.
struct OLMo2: Architecture {
    static let identifiers = ["olmo2"]
    static let huggingFace = HuggingFaceLayout.decoder(["olmo2": "olmo2"], norms: HuggingFaceLayout.fourNorms)

    let shape: ModelShape
    let decoder: Decoder

    init(_ source: ModelSource) throws {
        let shape = try source.shape()
        self.shape = shape
        let (width, epsilon) = (shape.embeddingLength, try source.rmsEpsilon())
        decoder = try Decoder(source, shape, pairing: .halves) { index in
            let block = "blk.\(index)"
            var attention = try source.attention(index, shape)
            attention.rotation = 0
            attention.normsHeadsTogether = true
            attention.queryNorm = try source.norm(
                "\(block).attn_q_norm", count: shape.headCount * shape.headSize, epsilon: epsilon)
            attention.keyNorm = try source.norm(
                "\(block).attn_k_norm", count: shape.cacheHeadCount * shape.headSize, epsilon: epsilon)
            return Decoder.Layer(
                attentionNorm: nil, attention: attention,
                attentionPostNorm: try source.norm("\(block).post_attention_norm", count: width, epsilon: epsilon),
                feedForwardInput: .stream(nil), feedForward: .dense(try source.feedForward(index, shape, .silu)),
                feedForwardPostNorm: try source.norm("\(block).post_ffw_norm", count: width, epsilon: epsilon))
        }
    }
}
