/// Tensors under the names that all GGUF files share, bound with the shapes that the metadata implies.
extension ModelSource {
    func norm(_ name: String, count: Int, epsilon: Float) throws -> Norm {
        Norm(weight: try weights.vector("\(name).weight", count: count), epsilon: epsilon)
    }

    func normIfPresent(_ name: String, count: Int, epsilon: Float) throws -> Norm? {
        try weights.vectorIfPresent("\(name).weight", count: count).map { Norm(weight: $0, epsilon: epsilon) }
    }

    /// Layer normalization, with a bias if the file has one.
    func layerNorm(_ name: String, count: Int, epsilon: Float) throws -> Norm {
        Norm(
            .layer, weight: try weights.vector("\(name).weight", count: count),
            bias: try weights.vectorIfPresent("\(name).bias", count: count), epsilon: epsilon)
    }

    /// A linear map with its bias, if the file has one.
    func linear(_ name: String, outputs: Int, inputs: Int) throws -> Linear {
        Linear(
            try weights.matrix("\(name).weight", rows: outputs, columns: inputs),
            bias: try weights.vectorIfPresent("\(name).bias", count: outputs))
    }

    /// The token embedding.
    func embedding(_ shape: ModelShape) throws -> Matrix {
        try weights.matrix("token_embd.weight", rows: shape.vocabularySize, columns: shape.embeddingLength)
    }

    /// The output head, which is the embedding where the file has none of its own.
    func output(_ shape: ModelShape, embedding: Matrix) throws -> Linear {
        let own = try weights.matrixIfPresent(
            "output.weight", rows: shape.vocabularySize, columns: shape.embeddingLength)
        return Linear(
            own ?? embedding, bias: try weights.vectorIfPresent("output.bias", count: shape.vocabularySize))
    }

    /// Attention of block `index`, without norms, rotation or window: queries, keys and values apart, or in one tensor.
    func attention(_ index: Int, _ shape: ModelShape, scale: Float? = nil) throws -> Attention {
        let block = "blk.\(index)"
        let width = shape.embeddingLength
        let queryWidth = shape.headCount * shape.headSize
        let keyWidth = shape.cacheHeadCount * shape.headSize
        let output = try linear("\(block).attn_output", outputs: width, inputs: queryWidth)
        let scale = scale ?? 1 / Float(shape.headSize).squareRoot()
        guard weights.has("\(block).attn_qkv.weight") else {
            return Attention(
                query: try linear("\(block).attn_q", outputs: queryWidth, inputs: width),
                key: try linear("\(block).attn_k", outputs: keyWidth, inputs: width),
                value: try linear("\(block).attn_v", outputs: keyWidth, inputs: width), output: output, scale: scale)
        }
        let all = try linear("\(block).attn_qkv", outputs: shape.projectionWidth, inputs: width)
        return Attention(
            query: all.outputs(0..<queryWidth), key: all.outputs(queryWidth..<queryWidth + keyWidth),
            value: all.outputs(queryWidth + keyWidth..<shape.projectionWidth), output: output, scale: scale)
    }

    /// Norms of queries and keys, each head for itself.
    func headNorms(_ index: Int, _ shape: ModelShape, epsilon: Float) throws -> (query: Norm, key: Norm) {
        (
            try norm("blk.\(index).attn_q_norm", count: shape.headSize, epsilon: epsilon),
            try norm("blk.\(index).attn_k_norm", count: shape.headSize, epsilon: epsilon)
        )
    }

    /// The feed-forward part of block `index`: gated where the file has a gate, of its own or in one tensor with `up`.
    func feedForward(_ index: Int, _ shape: ModelShape, _ activation: FeedForward.Activation) throws -> FeedForward {
        let (block, width, length) = ("blk.\(index)", shape.embeddingLength, shape.feedForwardLength)
        let down = try linear("\(block).ffn_down", outputs: width, inputs: length)
        if weights.has("\(block).ffn_gate.weight") {
            return FeedForward(
                gate: try linear("\(block).ffn_gate", outputs: length, inputs: width),
                up: try linear("\(block).ffn_up", outputs: length, inputs: width), down: down, activation: activation)
        }
        if checkpoint["\(block).ffn_up.weight"]?.shape == [width, 2 * length] {
            let both = try linear("\(block).ffn_up", outputs: 2 * length, inputs: width)
            return FeedForward(
                gate: both.outputs(0..<length), up: both.outputs(length..<2 * length), down: down,
                activation: activation)
        }
        return FeedForward(
            gate: nil, up: try linear("\(block).ffn_up", outputs: length, inputs: width), down: down,
            activation: activation)
    }

    /// The experts of block `index`, and the shared one if the file has it.
    /// - Parameter normalizesWeights: whether the chosen experts' probabilities are scaled to sum to 1.
    func experts(_ index: Int, _ shape: ModelShape, normalizesWeights: Bool) throws -> MixtureOfExperts {
        let (block, width, count) = ("blk.\(index)", shape.embeddingLength, shape.expertCount)
        let length = try integer(
            "expert_feed_forward_length", default: shape.feedForwardLength, in: 1...shape.feedForwardLength)
        func matrices(_ name: String, _ rows: Int, _ columns: Int) throws -> [Matrix] {
            try weights.matrices("\(block).\(name)_exps.weight", count: count, rows: rows, columns: columns)
        }
        let (gates, ups) = (try matrices("ffn_gate", length, width), try matrices("ffn_up", length, width))
        let downs = try matrices("ffn_down", width, length)
        return MixtureOfExperts(
            router: try linear("\(block).ffn_gate_inp", outputs: count, inputs: width),
            experts: (0..<count).map {
                FeedForward(gate: Linear(gates[$0]), up: Linear(ups[$0]), down: Linear(downs[$0]), activation: .silu)
            },
            usedCount: try integer("expert_used_count", in: 1...count),
            normalizesWeights: try bool("expert_weights_norm", default: normalizesWeights),
            shared: try sharedExpert(block, shape))
    }

    private func sharedExpert(_ block: String, _ shape: ModelShape) throws -> (expert: FeedForward, gate: Linear)? {
        guard weights.has("\(block).ffn_up_shexp.weight") else { return nil }
        let width = shape.embeddingLength
        let length = try integer(
            "expert_shared_feed_forward_length", default: shape.feedForwardLength, in: 1...shape.feedForwardLength)
        let expert = FeedForward(
            gate: try linear("\(block).ffn_gate_shexp", outputs: length, inputs: width),
            up: try linear("\(block).ffn_up_shexp", outputs: length, inputs: width),
            down: try linear("\(block).ffn_down_shexp", outputs: width, inputs: length), activation: .silu)
        return (expert, Linear(try weights.rowMatrix("\(block).ffn_gate_inp_shexp.weight", columns: width)))
    }
}
