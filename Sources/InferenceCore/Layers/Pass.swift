import CKernels

/// One forward pass of a chunk of tokens: what every layer works with.
///
/// Layers read and write the workspace; the pass hands its parts to the kernels with the right extents.
struct Pass: ~Copyable {
    let team: Team
    let workspace: Workspace
    let cache: KVCache
    let shape: ModelShape
    /// Position of the first token.
    let position: Int
    /// Tokens of the chunk.
    let count: Int
    /// Tokens at the end of the chunk whose logits are wanted.
    let logitRows: Int
    /// Tokens of the vocabulary, from the first on, whose logits are wanted.
    let logitCount: Int
    let cancellation: CancellationFlag

    // MARK: Steps that layers are made of

    /// hidden = scale * rows of the embedding.
    func embed(_ embedding: Matrix, tokens: UnsafePointer<TokenID>, scale: Float) {
        withUnsafePointer(to: embedding.layout) {
            ck_embed($0, tokens, count, scale, workspace.hidden.pointer)
        }
    }

    /// normed = norm(hidden), quantized for the products that follow.
    func normalize(_ norm: RMSNorm) {
        normalize(norm, rows: count, from: workspace.hidden.pointer)
    }

    private func normalize(_ norm: RMSNorm, rows: Int, from input: UnsafePointer<Float>) {
        var step = ck_norm(
            input: input, output: workspace.normed.pointer, rows: rows, columns: shape.embeddingLength, inner: 1,
            stride: shape.embeddingLength, weight: norm.weight.pointer, epsilon: norm.epsilon, accumulate: false,
            activations: workspace.activations.pointer)
        ck_rms_norm(team.pointer, &step)
    }

    /// hidden += norm(normed): a branch that is normalized before it is added.
    func addNormalized(_ norm: RMSNorm) {
        var step = ck_norm(
            input: workspace.normed.pointer, output: workspace.hidden.pointer, rows: count,
            columns: shape.embeddingLength, inner: 1, stride: shape.embeddingLength, weight: norm.weight.pointer,
            epsilon: norm.epsilon, accumulate: true, activations: nil)
        ck_rms_norm(team.pointer, &step)
    }

    /// Norms each head of `heads` heads that begin at `offset` in a row of the projections.
    func normalizeHeads(_ norm: RMSNorm, heads: Int, offset: Int) {
        let values = workspace.projections.pointer + offset
        var step = ck_norm(
            input: values, output: values, rows: count * heads, columns: shape.headSize, inner: heads,
            stride: shape.projectionWidth, weight: norm.weight.pointer, epsilon: norm.epsilon, accumulate: false,
            activations: nil)
        ck_rms_norm(team.pointer, &step)
    }

    /// Turns `heads` heads that begin at `offset` in a row of the projections.
    func rotate(_ rotation: RotaryEmbedding, index: Int, heads: Int, offset: Int) {
        let cosines = workspace.rotations.pointer + 2 * index * workspace.rotationStride
        var step = ck_rotation(
            values: workspace.projections.pointer + offset, tokens: count, heads: heads, head_size: shape.headSize,
            rotated: rotation.rotated, stride: shape.projectionWidth, cosines: cosines,
            sines: cosines + workspace.rotationStride, halves: rotation.pairing == .halves)
        ck_rotate(team.pointer, &step)
    }

    /// Computes the angles of every rotation for this chunk's positions.
    func prepare(_ rotations: [RotaryEmbedding]) {
        for (index, rotation) in rotations.enumerated() {
            let cosines = workspace.rotations.pointer + 2 * index * workspace.rotationStride
            rotation.fill(
                cosines: cosines, sines: cosines + workspace.rotationStride, position: position, count: count)
        }
    }

    /// Up to three products of one input of `tokens` rows, which is already quantized into the workspace's activations.
    func multiply(
        _ first: ck_product, _ second: ck_product? = nil, _ third: ck_product? = nil,
        from values: UnsafePointer<Float>, tokens: Int
    ) {
        // On the stack: a pass makes hundreds of these.
        withUnsafeTemporaryAllocation(of: ck_product.self, capacity: 3) { products in
            products.initializeElement(at: 0, to: first)
            var count = 1
            if let second {
                products.initializeElement(at: count, to: second)
                count += 1
            }
            if let third {
                products.initializeElement(at: count, to: third)
                count += 1
            }
            ck_multiply(
                team.pointer, products.baseAddress, count, workspace.activations.pointer, values, tokens)
        }
    }

    /// Quantizes [count][columns] into the workspace's activations.
    func quantize(_ values: UnsafePointer<Float>, columns: Int) {
        ck_quantize(team.pointer, values, count, columns, workspace.activations.pointer)
    }

    /// logits = output(norm(hidden)), [logitRows][logitCount], for the last `logitRows` tokens.
    func project(_ norm: RMSNorm, _ output: Linear) {
        guard logitRows > 0 else { return }
        let first = count - logitRows
        normalize(norm, rows: logitRows, from: workspace.hidden.pointer + first * shape.embeddingLength)
        multiply(
            output.product(into: workspace.logits.pointer, stride: logitCount, outputs: logitCount),
            from: workspace.normed.pointer, tokens: logitRows)
    }
}
