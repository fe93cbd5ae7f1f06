import CKernels

/// Self-attention with grouped queries (Ainslie et al. 2023) and, where a model has them, rotary positions, norms of
/// queries and keys, a sliding window and softly capped scores.
struct Attention: Sendable {
    let query: Linear
    let key: Linear
    let value: Linear
    let output: Linear
    var queryNorm: Norm?
    var keyNorm: Norm?
    /// Whether a norm takes all heads together rather than each for itself.
    var normsHeadsTogether = false
    /// Index into the network's rotations; nil where positions turn nothing.
    var rotation: Int?
    /// Positions that a token sees, itself among them; nil for all.
    var window: Int?
    /// Whether tokens see those after them too.
    var isBidirectional = false
    /// Of the scores, before softmax.
    var scale: Float
    /// Scores s become cap * tanh(s / cap); 0 for none.
    var scoreCap: Float = 0

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
        normalize(pass, queryNorm, heads: shape.headCount, offset: 0)
        normalize(pass, keyNorm, heads: shape.cacheHeadCount, offset: keyOffset)
        if let rotation {
            // Keys lie behind the queries, so one step turns both.
            pass.rotate(
                rotations[rotation], index: rotation, heads: shape.headCount + shape.cacheHeadCount, offset: 0)
        }

        var cache = pass.cache.layer(layer)
        ck_cache_store(
            pass.team.pointer, &cache, projections + keyOffset, projections + valueOffset, stride, pass.position,
            pass.count)
        var attention = ck_attention(
            queries: projections, output: workspace.attended.pointer, tokens: pass.count, heads: shape.headCount,
            position: pass.position, window: window ?? 0, query_stride: stride, output_stride: keyOffset,
            scale: scale, cap: scoreCap, bidirectional: isBidirectional, cache: cache)
        ck_attend(pass.team.pointer, &attention)

        pass.quantize(workspace.attended.pointer, columns: keyOffset)
        let target = adding ? workspace.hidden.pointer : workspace.normed.pointer
        pass.multiply(
            output.product(into: target, stride: shape.embeddingLength, adding: adding),
            from: workspace.attended.pointer, tokens: pass.count)
    }

    private func normalize(_ pass: borrowing Pass, _ norm: Norm?, heads: Int, offset: Int) {
        guard let norm else { return }
        let size = pass.shape.headSize
        if normsHeadsTogether {
            pass.normalizeProjections(norm, parts: 1, columns: heads * size, offset: offset)
        } else {
            pass.normalizeProjections(norm, parts: heads, columns: size, offset: offset)
        }
    }
}
