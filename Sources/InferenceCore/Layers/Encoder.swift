/// An encoder-only transformer (Devlin et al. 2019): every token sees all others, and norms stand behind each branch.
struct Encoder: Sendable {
    struct Layer: Sendable {
        let attention: Attention
        let attentionNorm: Norm
        let feedForward: FeedForward
        let feedForwardNorm: Norm
    }

    let embedding: Matrix
    /// [positions][embedding]
    let positions: Matrix
    /// Of the first and the second text, where a model tells them apart: [types][embedding].
    let types: Matrix?
    let embeddingNorm: Norm
    let layers: [Layer]

    /// Leaves the last layer's states in `hidden`: the whole text in one pass, whose cache holds one layer at a time.
    /// - Parameter types: 0 for tokens of the first text, 1 for the second's.
    /// - Throws: `CancellationError` between two layers, once the pass is cancelled.
    func callAsFunction(
        _ pass: borrowing Pass, tokens: UnsafePointer<TokenID>, types: UnsafePointer<TokenID>
    ) throws {
        pass.embed(embedding, tokens: tokens, scale: 1)
        pass.addPositions(positions)
        if let rows = self.types { pass.addRows(of: rows, types) }
        pass.normalizeHidden(embeddingNorm)
        pass.observe()
        for layer in layers {
            try pass.cancellation.check()
            layer.attention(pass, layer: 0, rotations: [], adding: true)
            pass.normalizeHidden(layer.attentionNorm)
            layer.feedForward(pass, adding: true)
            pass.normalizeHidden(layer.feedForwardNorm)
            pass.observe()
        }
    }
}
