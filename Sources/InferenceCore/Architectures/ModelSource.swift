/// A model file as an architecture sees it: metadata under the architecture's own prefix, and checked tensors.
struct ModelSource: Sendable {
    let checkpoint: Checkpoint
    let weights: Weights
    /// The value of `general.architecture`, which prefixes the hyperparameters.
    let prefix: String

    init(_ checkpoint: Checkpoint) throws {
        self.checkpoint = checkpoint
        prefix = try checkpoint.metadata.string("general.architecture")
        weights = try Weights(checkpoint)
    }

    /// A whole hyperparameter within a range.
    func integer(_ key: String, default fallback: Int? = nil, in range: ClosedRange<Int>) throws -> Int {
        let key = "\(prefix).\(key)"
        guard let value = try checkpoint.metadata.integerIfPresent(key) ?? fallback else {
            throw ModelError.invalidHyperparameter(
                path: checkpoint.path, key: key, found: "missing", expected: "a whole number")
        }
        guard range.contains(value) else {
            throw ModelError.invalidHyperparameter(
                path: checkpoint.path, key: key, found: "\(value)",
                expected: "\(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    func bool(_ key: String, default fallback: Bool) throws -> Bool {
        try checkpoint.metadata.boolIfPresent("\(prefix).\(key)") ?? fallback
    }

    func floatIfPresent(_ key: String) throws -> Float? {
        try checkpoint.metadata.floatIfPresent("\(prefix).\(key)").map { _ in try float(key) }
    }

    /// A finite, positive hyperparameter.
    func float(_ key: String, default fallback: Float? = nil) throws -> Float {
        let key = "\(prefix).\(key)"
        guard let value = try checkpoint.metadata.floatIfPresent(key) ?? fallback else {
            throw ModelError.invalidHyperparameter(
                path: checkpoint.path, key: key, found: "missing", expected: "a number")
        }
        guard value.isFinite, value > 0 else {
            throw ModelError.invalidHyperparameter(
                path: checkpoint.path, key: key, found: "\(value)", expected: "a positive number")
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
                path: checkpoint.path, key: "\(prefix).attention.head_count_kv", found: "\(cacheHeadCount)",
                expected: "a divisor of the \(headCount) query heads")
        }
        let headSize = try integer(
            "attention.key_length", default: embeddingLength / headCount, in: 1...1 << 12)
        let valueSize = try integer("attention.value_length", default: headSize, in: 1...1 << 12)
        guard valueSize == headSize, headSize % 16 == 0 else {
            throw ModelError.invalidHyperparameter(
                path: checkpoint.path, key: "\(prefix).attention.key_length", found: "\(headSize)",
                expected: "a multiple of 16, equal to the value length \(valueSize)")
        }
        let experts = try integer("expert_count", default: 0, in: 0...1 << 12)
        let lengths = try [
            ("feed_forward_length", experts > 0 ? 0 : nil), ("expert_feed_forward_length", 0),
            ("expert_shared_feed_forward_length", 0),
        ].map { (key: $0, value: try integer($0, default: $1, in: 0...1 << 22)) }
        let shape = ModelShape(
            vocabularySize: try vocabularySize(embeddingLength: embeddingLength),
            embeddingLength: embeddingLength,
            layerCount: try integer("block_count", in: 1...1 << 12),
            headCount: headCount,
            cacheHeadCount: cacheHeadCount,
            headSize: headSize,
            feedForwardLength: lengths.map(\.value).reduce(1, max),
            expertCount: experts,
            contextLength: try integer("context_length", in: 1...1 << 28))
        let widths = [
            ("embedding_length", embeddingLength), ("attention.head_count", headCount * headSize),
            ("feed_forward_length", shape.feedForwardLength),
        ]
        for (key, width) in widths + lengths.map({ ($0.key, $0.value) }) where width % 32 != 0 {
            throw ModelError.invalidHyperparameter(
                path: checkpoint.path, key: "\(prefix).\(key)", found: "a width of \(width)",
                expected: "a multiple of 32")
        }
        return shape
    }

    /// Rows of the embedding; the vocabulary may not be larger.
    private func vocabularySize(embeddingLength: Int) throws -> Int {
        guard let embedding = checkpoint["token_embd.weight"] else {
            throw ModelError.missingTensor(path: checkpoint.path, name: "token_embd.weight")
        }
        guard embedding.shape.count == 2, embedding.shape[0] == embeddingLength, embedding.shape[1] < 1 << 24 else {
            throw ModelError.wrongShape(
                path: checkpoint.path, tensor: "token_embd.weight", expected: [embeddingLength, -1],
                found: embedding.shape)
        }
        return embedding.shape[1]
    }
}
