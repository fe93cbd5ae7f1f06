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
    /// Told of the residual stream after the embedding, and after each layer: [count][embedding].
    let observer: ((UnsafeBufferPointer<Float>) -> Void)?

    /// Shows the residual stream to who wants to see it.
    func observe() {
        observer?(UnsafeBufferPointer(start: workspace.hidden.pointer, count: count * shape.embeddingLength))
    }

    // MARK: Steps that layers are made of

    /// hidden = scale * rows of the embedding.
    func embed(_ embedding: Matrix, tokens: UnsafePointer<TokenID>, scale: Float) {
        withUnsafePointer(to: embedding.layout) {
            ck_embed($0, tokens, count, scale, workspace.hidden.pointer)
        }
    }

    /// hidden += the embeddings of this chunk's positions.
    func addPositions(_ embedding: Matrix) {
        withUnsafeTemporaryAllocation(of: TokenID.self, capacity: count) { positions in
            for index in 0..<count { positions.initializeElement(at: index, to: TokenID(position + index)) }
            guard let positions = positions.baseAddress else { return }
            addRows(of: embedding, positions)
        }
    }

    /// hidden += the rows of these numbers, one for each token.
    func addRows(of matrix: Matrix, _ numbers: UnsafePointer<TokenID>) {
        withUnsafePointer(to: matrix.layout) { ck_embed($0, numbers, count, 1, workspace.normed.pointer) }
        addBranch(scale: 1)
    }

    /// normed = norm(hidden), or hidden itself without a norm, quantized for the products that follow.
    func normalize(_ norm: Norm?) {
        normalize(norm, rows: count, from: workspace.hidden.pointer)
    }

    private func normalize(_ norm: Norm?, rows: Int, from input: UnsafePointer<Float>) {
        let width = shape.embeddingLength
        guard let norm else {
            workspace.normed.pointer.update(from: input, count: rows * width)
            ck_quantize(team.pointer, workspace.normed.pointer, rows, width, workspace.activations.pointer)
            return
        }
        normalize(
            norm,
            Rows(
                input: input, output: workspace.normed.pointer, count: rows, columns: width, inner: 1, stride: width,
                accumulate: false, quantizes: true))
    }

    /// hidden = norm(hidden), which stays in `normed` too, quantized: what models do that norm after adding.
    func normalizeHidden(_ norm: Norm) {
        normalize(norm)
        workspace.hidden.pointer.update(from: workspace.normed.pointer, count: count * shape.embeddingLength)
    }

    /// Quantizes `normed` again, for a second branch of the same input.
    func requantize() {
        quantize(workspace.normed.pointer, columns: shape.embeddingLength)
    }

    /// hidden += norm(normed): a branch that is normalized before it is added.
    func addNormalized(_ norm: Norm) {
        let width = shape.embeddingLength
        normalize(
            norm,
            Rows(
                input: workspace.normed.pointer, output: workspace.hidden.pointer, count: count, columns: width,
                inner: 1,
                stride: width, accumulate: true, quantizes: false))
    }

    /// hidden += scale * normed.
    func addBranch(scale: Float) {
        ck_add_scaled(
            team.pointer, workspace.normed.pointer, scale, count * shape.embeddingLength, workspace.hidden.pointer)
    }

    /// Norms `parts` parts of `columns` values that begin at `offset` in a row of the projections: each head, or all
    /// of them as one.
    func normalizeProjections(_ norm: Norm, parts: Int, columns: Int, offset: Int) {
        let values = workspace.projections.pointer + offset
        normalize(
            norm,
            Rows(
                input: values, output: values, count: count * parts, columns: columns, inner: parts,
                stride: shape.projectionWidth, accumulate: false, quantizes: false))
    }

    /// Where the rows of a normalization lie.
    private struct Rows {
        let input: UnsafePointer<Float>
        let output: UnsafeMutablePointer<Float>
        let count: Int, columns: Int, inner: Int, stride: Int
        let accumulate: Bool, quantizes: Bool
    }

    private func normalize(_ norm: Norm, _ rows: Rows) {
        var step = ck_norm(
            input: rows.input, output: rows.output, rows: rows.count, columns: rows.columns, inner: rows.inner,
            stride: rows.stride, weight: norm.weight.pointer, bias: norm.bias?.pointer,
            weight_stride: norm.weight.count > rows.columns ? rows.columns : 0, epsilon: norm.epsilon,
            centered: norm.kind == .layer, accumulate: rows.accumulate,
            activations: rows.quantizes ? workspace.activations.pointer : nil)
        ck_normalize(team.pointer, &step)
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
                cosines: cosines, sines: cosines + workspace.rotationStride, position: position, count: count,
                contextLength: cache.contextLength)
        }
    }

    /// Up to three products of one input of `tokens` rows, which is already quantized: into the workspace's
    /// activations, unless others are given.
    func multiply(
        _ first: ck_product, _ second: ck_product? = nil, _ third: ck_product? = nil,
        from values: UnsafePointer<Float>, activations: AlignedBuffer<ck_activation>? = nil, tokens: Int
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
                team.pointer, products.baseAddress, count, (activations ?? workspace.activations).pointer, values,
                tokens)
        }
    }

    /// Quantizes [count][columns] into the workspace's activations.
    func quantize(_ values: UnsafePointer<Float>, columns: Int) {
        ck_quantize(team.pointer, values, count, columns, workspace.activations.pointer)
    }

    /// logits = output(norm(hidden)), [logitRows][logitCount], for the last `logitRows` tokens.
    func project(_ norm: Norm, _ output: Linear, scale: Float = 1, cap: Float = 0) {
        guard logitRows > 0 else { return }
        let first = count - logitRows
        normalize(norm, rows: logitRows, from: workspace.hidden.pointer + first * shape.embeddingLength)
        multiply(
            output.product(into: workspace.logits.pointer, stride: logitCount, outputs: logitCount),
            from: workspace.normed.pointer, tokens: logitRows)
        if scale != 1 || cap != 0 {
            ck_scale_logits(team.pointer, workspace.logits.pointer, logitRows * logitCount, scale, cap)
        }
    }
}
