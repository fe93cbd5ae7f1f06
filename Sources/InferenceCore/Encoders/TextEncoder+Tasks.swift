import CKernels

extension TextEncoder {
    /// A text's vector: the states of its tokens, pooled, and scaled to a length of 1 where the model wants that.
    /// - Returns: [embedding]
    /// - Throws: ``ModelError`` for a text of no tokens or too many, ``MappedFileError`` if a file was cut short.
    public func vector(of tokens: [TokenID]) async throws -> [Float] {
        try await states(of: tokens, types: Self.zeros(tokens.count)) { [self] in pooled($0) }
    }

    /// The vector of the text whose states a pass has left.
    func pooled(_ pass: borrowing Pass) -> [Float] {
        let (states, width) = (pass.workspace.hidden.pointer, shape.embeddingLength)
        var sum = [Double](repeating: 0, count: width)
        let rows = pooling == .mean ? 0..<pass.count : pooling == .cls ? 0..<1 : pass.count - 1..<pass.count
        for row in rows {
            for column in 0..<width { sum[column] += Double(states[row * width + column]) }
        }
        let length = normalizesVectors ? sum.reduce(0) { $0 + $1 * $1 }.squareRoot() : Double(rows.count)
        return sum.map { Float($0 / max(length, 1e-12)) }
    }

    /// Probabilities of the classes of a text, or of a pair of texts.
    /// - Parameter types: 0 for tokens of the first text, 1 for the second's.
    /// - Throws: ``ModelError/missingHead(path:task:)``.
    public func classProbabilities(of tokens: [TokenID], types: [TokenID]) async throws -> [Double] {
        guard let classifier = head.classifier else {
            throw ModelError.missingHead(path: weights.checkpoint.path, task: "classification")
        }
        let head = head
        return try await states(of: tokens, types: types) { pass in
            let first = pass.workspace.hidden.pointer
            var row = Array(UnsafeBufferPointer(start: first, count: pass.shape.embeddingLength))
            if let dense = head.dense {
                row = pass.apply(dense, to: row, rows: 1).map { head.activation.callAsFunction($0) }
            }
            return Self.softmax(pass.apply(classifier, to: row, rows: 1)[...])
        }
    }

    /// Probabilities of the classes of each token, [tokens][classes].
    /// - Throws: ``ModelError/missingHead(path:task:)``.
    public func tokenProbabilities(of tokens: [TokenID]) async throws -> [[Double]] {
        guard let classifier = head.classifier else {
            throw ModelError.missingHead(path: weights.checkpoint.path, task: "the classification of tokens")
        }
        return try await states(of: tokens, types: Self.zeros(tokens.count)) { pass in
            let count = classifier.weight.rows
            let scores = pass.apply(classifier, to: pass.states, rows: pass.count)
            return (0..<pass.count).map { Self.softmax(scores[$0 * count..<($0 + 1) * count]) }
        }
    }

    /// Scores of each token as the beginning and as the end of an answer, [tokens] each.
    /// - Throws: ``ModelError/missingHead(path:task:)``.
    public func spanScores(
        of tokens: [TokenID], types: [TokenID]
    ) async throws -> (begins: [Float], ends: [Float]) {
        guard let span = head.span, span.weight.rows == 2 else {
            throw ModelError.missingHead(path: weights.checkpoint.path, task: "answering questions")
        }
        return try await states(of: tokens, types: types) { pass in
            let scores = pass.apply(span, to: pass.states, rows: pass.count)
            return (
                (0..<pass.count).map { scores[2 * $0] }, (0..<pass.count).map { scores[2 * $0 + 1] }
            )
        }
    }

    static func zeros(_ count: Int) -> [TokenID] { [TokenID](repeating: 0, count: count) }

    static func softmax(_ scores: ArraySlice<Float>) -> [Double] {
        let highest = scores.max() ?? 0
        let powers = scores.map { exponential(Double($0 - highest)) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
    }
}

extension EncoderHead.Activation {
    fileprivate func callAsFunction(_ value: Float) -> Float {
        switch self {
        case .relu: max(0, value)
        case .tanh: Float(1 - 2 / (1 + exponential(2 * Double(value))))
        }
    }
}

extension Pass {
    /// The residual stream, [count][embedding].
    fileprivate var states: [Float] {
        Array(UnsafeBufferPointer(start: workspace.hidden.pointer, count: count * shape.embeddingLength))
    }

    /// A linear map of some rows, [rows][outputs].
    fileprivate func apply(_ linear: Linear, to input: [Float], rows: Int) -> [Float] {
        let outputs = linear.weight.rows
        return [Float](unsafeUninitializedCapacity: rows * outputs) { buffer, count in
            count = rows * outputs
            guard let output = buffer.baseAddress else { return }
            workspace.normed.pointer.update(from: input, count: input.count)
            ck_quantize(
                team.pointer, workspace.normed.pointer, rows, linear.weight.columns, workspace.activations.pointer)
            multiply(linear.product(into: output, stride: outputs), from: workspace.normed.pointer, tokens: rows)
        }
    }
}
