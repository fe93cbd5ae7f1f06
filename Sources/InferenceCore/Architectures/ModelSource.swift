/// A model file as an architecture sees it: metadata under the architecture's own prefix, and checked tensors.
struct ModelSource: Sendable {
    let file: GGUFFile
    let weights: Weights
    /// The value of `general.architecture`, which prefixes the hyperparameters.
    let prefix: String

    init(file: GGUFFile) throws {
        self.file = file
        prefix = try file.metadata.string("general.architecture")
        weights = try Weights(file: file)
    }

    /// A whole hyperparameter within a range.
    func integer(_ key: String, default fallback: Int? = nil, in range: ClosedRange<Int>) throws -> Int {
        let key = "\(prefix).\(key)"
        guard let value = try file.metadata.integerIfPresent(key) ?? fallback else {
            throw ModelError.invalidHyperparameter(
                path: file.path, key: key, found: "missing", expected: "a whole number")
        }
        guard range.contains(value) else {
            throw ModelError.invalidHyperparameter(
                path: file.path, key: key, found: "\(value)",
                expected: "\(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// A finite, positive hyperparameter.
    func float(_ key: String, default fallback: Float? = nil) throws -> Float {
        let key = "\(prefix).\(key)"
        guard let value = try file.metadata.floatIfPresent(key) ?? fallback else {
            throw ModelError.invalidHyperparameter(path: file.path, key: key, found: "missing", expected: "a number")
        }
        guard value.isFinite, value > 0 else {
            throw ModelError.invalidHyperparameter(
                path: file.path, key: key, found: "\(value)", expected: "a positive number")
        }
        return value
    }

    /// The extents that every decoder's metadata has, checked against what the kernels compute.
    func shape() throws -> ModelShape {
        let embeddingLength = try integer("embedding_length", in: 1...1 << 20)
        let headCount = try integer("attention.head_count", in: 1...1 << 12)
        let cacheHeadCount = try integer("attention.head_count_kv", default: headCount, in: 1...headCount)
        guard headCount % cacheHeadCount == 0 else {
            throw ModelError.invalidHyperparameter(
                path: file.path, key: "\(prefix).attention.head_count_kv", found: "\(cacheHeadCount)",
                expected: "a divisor of the \(headCount) query heads")
        }
        let headSize = try integer(
            "attention.key_length", default: embeddingLength / headCount, in: 1...1 << 12)
        let valueSize = try integer("attention.value_length", default: headSize, in: 1...1 << 12)
        guard valueSize == headSize, headSize % 16 == 0 else {
            throw ModelError.invalidHyperparameter(
                path: file.path, key: "\(prefix).attention.key_length", found: "\(headSize)",
                expected: "a multiple of 16, equal to the value length \(valueSize)")
        }
        let shape = ModelShape(
            vocabularySize: try vocabularySize(embeddingLength: embeddingLength),
            embeddingLength: embeddingLength,
            layerCount: try integer("block_count", in: 1...1 << 12),
            headCount: headCount,
            cacheHeadCount: cacheHeadCount,
            headSize: headSize,
            feedForwardLength: try integer("feed_forward_length", in: 1...1 << 22),
            contextLength: try integer("context_length", in: 1...1 << 28))
        let widths = [
            ("embedding_length", embeddingLength), ("attention.head_count", headCount * headSize),
            ("feed_forward_length", shape.feedForwardLength),
        ]
        for (key, width) in widths where width % 32 != 0 {
            throw ModelError.invalidHyperparameter(
                path: file.path, key: "\(prefix).\(key)", found: "a width of \(width)",
                expected: "a multiple of 32")
        }
        return shape
    }

    /// Rows of the embedding; the vocabulary may not be larger.
    private func vocabularySize(embeddingLength: Int) throws -> Int {
        guard let embedding = file.tensor(named: "token_embd.weight") else {
            throw ModelError.missingTensor(path: file.path, name: "token_embd.weight")
        }
        guard embedding.shape.count == 2, embedding.shape[0] == embeddingLength, embedding.shape[1] < 1 << 24 else {
            throw ModelError.wrongShape(
                path: file.path, tensor: "token_embd.weight", expected: [embeddingLength, -1],
                found: embedding.shape)
        }
        return embedding.shape[1]
    }

    /// What positions are multiplied by before they turn anything: 1, or 1 / factor with linear scaling.
    func positionScale() throws -> Double {
        let key = "\(prefix).rope.scaling.type"
        let kind = try file.metadata.stringIfPresent(key) ?? "linear"
        switch kind {
        case "none": return 1
        case "linear": return 1 / Double(try float("rope.scaling.factor", default: 1))
        default:
            throw ModelError.invalidHyperparameter(
                path: file.path, key: key, found: "\"\(kind)\"", expected: "\"none\" or \"linear\"")
        }
    }

    // MARK: Tensors under the names that all GGUF decoders share

    func norm(_ name: String, count: Int, epsilon: Float) throws -> RMSNorm {
        RMSNorm(weight: try weights.vector("\(name).weight", count: count), epsilon: epsilon)
    }

    /// A linear map with its bias, if the file has one.
    func linear(_ name: String, outputs: Int, inputs: Int) throws -> Linear {
        Linear(
            try weights.matrix("\(name).weight", rows: outputs, columns: inputs),
            bias: try weights.vectorIfPresent("\(name).bias", count: outputs))
    }

    /// The output head, which is the embedding where the file has none of its own.
    func output(_ shape: ModelShape, embedding: Matrix) throws -> Linear {
        let own = try weights.matrixIfPresent(
            "output.weight", rows: shape.vocabularySize, columns: shape.embeddingLength)
        return Linear(own ?? embedding)
    }

    /// Attention of block `index`.
    func attention(
        _ index: Int, _ shape: ModelShape, rotation: Int, window: Int? = nil, scale: Float,
        headNormEpsilon: Float? = nil
    ) throws -> Attention {
        let block = "blk.\(index)"
        let queryWidth = shape.headCount * shape.headSize
        let keyWidth = shape.cacheHeadCount * shape.headSize
        return Attention(
            query: try linear("\(block).attn_q", outputs: queryWidth, inputs: shape.embeddingLength),
            key: try linear("\(block).attn_k", outputs: keyWidth, inputs: shape.embeddingLength),
            value: try linear("\(block).attn_v", outputs: keyWidth, inputs: shape.embeddingLength),
            output: try linear("\(block).attn_output", outputs: shape.embeddingLength, inputs: queryWidth),
            queryNorm: try headNormEpsilon.map {
                try norm("\(block).attn_q_norm", count: shape.headSize, epsilon: $0)
            },
            keyNorm: try headNormEpsilon.map {
                try norm("\(block).attn_k_norm", count: shape.headSize, epsilon: $0)
            },
            rotation: rotation, window: window, scale: scale)
    }

    /// The gated feed-forward part of block `index`.
    func feedForward(_ index: Int, _ shape: ModelShape, _ activation: FeedForward.Activation) throws -> FeedForward {
        let block = "blk.\(index)"
        let (width, inner) = (shape.embeddingLength, shape.feedForwardLength)
        return FeedForward(
            gate: try linear("\(block).ffn_gate", outputs: inner, inputs: width),
            up: try linear("\(block).ffn_up", outputs: inner, inputs: width),
            down: try linear("\(block).ffn_down", outputs: width, inputs: inner),
            activation: activation)
    }
}
