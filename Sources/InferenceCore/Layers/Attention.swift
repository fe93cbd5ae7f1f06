import CKernels

/// Causal self-attention with grouped queries (Ainslie et al. 2023), rotary positions and, where a model has them,
/// norms of queries and keys and a sliding window.
struct Attention: Sendable {
    let query: Linear
    let key: Linear
    let value: Linear
    let output: Linear
    let queryNorm: RMSNorm?
    let keyNorm: RMSNorm?
    /// Index into the network's rotations.
    let rotation: Int
    /// Positions that a token sees, itself among them; nil for all.
    let window: Int?
    /// Of the scores, before softmax.
    let scale: Float

    /// Reads the normalized, quantized input; adds to the residual stream, or leaves the branch in `normed`.
    func callAsFunction(_ pass: borrowing Pass, layer: Int, rotations: [RotaryEmbedding], adding: Bool) {
        let (shape, workspace) = (pass.shape, pass.workspace)
        let projections = workspace.projections.pointer
        let keyOffset = shape.headCount * shape.headSize
        let valueOffset = keyOffset + shape.cacheHeadCount * shape.headSize
        let stride = shape.projectionWidth

        pass.multiply(
            query.product(into: projections, stride: stride),
            key.product(into: projections + keyOffset, stride: stride),
            value.product(into: projections + valueOffset, stride: stride),
            from: workspace.normed.pointer, tokens: pass.count)
        if let queryNorm { pass.normalizeHeads(queryNorm, heads: shape.headCount, offset: 0) }
        if let keyNorm { pass.normalizeHeads(keyNorm, heads: shape.cacheHeadCount, offset: keyOffset) }
        // Keys lie behind the queries, so one step turns both.
        pass.rotate(
            rotations[rotation], index: rotation, heads: shape.headCount + shape.cacheHeadCount, offset: 0)

        var cache = pass.cache.layer(layer)
        ck_cache_store(
            pass.team.pointer, &cache, projections + keyOffset, projections + valueOffset, stride, pass.position,
            pass.count)
        var attention = ck_attention(
            queries: projections, output: workspace.attended.pointer, tokens: pass.count, heads: shape.headCount,
            position: pass.position, window: window ?? 0, query_stride: stride, output_stride: keyOffset,
            scale: scale, cache: cache)
        ck_attend(pass.team.pointer, &attention)

        pass.quantize(workspace.attended.pointer, columns: keyOffset)
        let target = adding ? workspace.hidden.pointer : workspace.normed.pointer
        pass.multiply(
            output.product(into: target, stride: shape.embeddingLength, adding: adding),
            from: workspace.attended.pointer, tokens: pass.count)
    }
}
