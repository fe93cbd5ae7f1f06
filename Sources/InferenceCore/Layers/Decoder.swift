/// A decoder-only transformer: what the architectures of this family are assembled into.
struct Decoder: Sendable {
    /// One block: attention, then feed forward, each added to the residual stream.
    struct Layer: Sendable {
        let attentionNorm: RMSNorm
        let attention: Attention
        /// Norm of the branch before it is added, where a model has one.
        let attentionPostNorm: RMSNorm?
        let feedForwardNorm: RMSNorm
        let feedForward: FeedForward
        let feedForwardPostNorm: RMSNorm?
    }

    let embedding: Matrix
    let embeddingScale: Float
    let rotations: [RotaryEmbedding]
    let layers: [Layer]
    let outputNorm: RMSNorm
    /// The embedding again, where input and output are tied.
    let output: Linear

    /// Computes a chunk: its keys and values go to the cache, its last rows' logits to the workspace.
    /// - Throws: `CancellationError` between two layers, once the pass is cancelled.
    func callAsFunction(_ pass: borrowing Pass, tokens: UnsafePointer<TokenID>) throws {
        pass.prepare(rotations)
        pass.embed(embedding, tokens: tokens, scale: embeddingScale)
        for (index, layer) in layers.enumerated() {
            try pass.cancellation.check()
            pass.normalize(layer.attentionNorm)
            layer.attention(pass, layer: index, rotations: rotations, adding: layer.attentionPostNorm == nil)
            if let norm = layer.attentionPostNorm { pass.addNormalized(norm) }
            pass.normalize(layer.feedForwardNorm)
            layer.feedForward(pass, adding: layer.feedForwardPostNorm == nil)
            if let norm = layer.feedForwardPostNorm { pass.addNormalized(norm) }
        }
        pass.project(outputNorm, output)
    }
}
