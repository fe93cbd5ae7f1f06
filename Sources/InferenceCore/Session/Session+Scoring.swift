extension Session {
    /// The model that gave an answer which another one is led through.
    public struct Leader: Sendable {
        public var session: Session
        /// The prompt as its own template renders it.
        public var prompt: [TokenID]

        public init(session: Session, prompt: [TokenID]) {
            self.session = session
            self.prompt = prompt
        }
    }

    /// Leads the model through an answer that it need not have given (teacher forcing), and tells how likely it held each
    /// token. The logits are those of decoding, to the bit.
    ///
    /// Some tokens are computed at a time; between those parts other runs of the sessions may have their turn. The
    /// session's conversation is replaced, and so is the leader's.
    /// - Parameters:
    ///   - answer: may be empty.
    ///   - prompt: what was asked, as this model's template renders it.
    ///   - leader: tells the divergence between both; of the same vocabulary.
    ///   - onToken: called for each token, in order.
    /// - Throws: ``ModelError`` if a prompt is empty, the answer doesn't fit in the context behind it, or the vocabularies
    ///   differ; ``GGUFError`` if a file was cut short while mapped; `CancellationError` when the task is cancelled.
    public func score(
        _ answer: [TokenID], after prompt: [TokenID], against leader: Leader? = nil,
        onToken: @escaping @Sendable (TokenScore) -> Void
    ) async throws {
        try check(answer, after: prompt)
        if let leader {
            guard leader.session.model.tokenizer.hasSameVocabulary(as: model.tokenizer) else {
                throw ModelError.incomparable(path: model.path, leader: leader.session.model.path)
            }
            try leader.session.check(answer, after: leader.prompt)
        }
        defer {
            releaseLogits()
            leader?.session.releaseLogits()
        }
        let cancellation = CancellationFlag()
        try await withTaskCancellationHandler {
            let rows = min(Self.scoredAtOnce, widestPass, leader?.session.widestPass ?? .max)
            for start in stride(from: 0, to: answer.count, by: rows) {
                let part = start..<min(start + rows, answer.count)
                var reference: [Float]?
                if let leader {
                    reference = try await leader.session.logits(
                        before: part, of: answer, after: leader.prompt, cancellation)
                }
                try await score(part, of: answer, after: prompt, reference: reference, cancellation, onToken)
            }
        } onCancel: {
            cancellation.raise()
        }
    }

    /// Tokens that are computed together. Passes as wide as a draft's read the weights once, as decoding does, and are the
    /// fastest for tokens that all need logits; more would only hold more of those.
    private static let scoredAtOnce = Speculator.widestPass

    func check(_ answer: [TokenID], after prompt: [TokenID]) throws(ModelError) {
        try check(prompt)
        let count = prompt.count + answer.count
        guard count <= contextLength else { throw .answerTooLong(tokens: count, contextLength: contextLength) }
        if !answer.isEmpty { try check(answer) }
    }

    /// Logits that each of some tokens of the answer was chosen by, [part][vocabulary].
    private func logits(
        before part: Range<Int>, of answer: [TokenID], after prompt: [TokenID], _ cancellation: CancellationFlag
    ) async throws -> [Float] {
        try await perform { [self] timeline in
            try timeline.computeLogits(before: part, of: answer, after: prompt, cancellation)
            accountMemory()
            return part.indices.flatMap { timeline.logits(row: $0 - part.lowerBound) }
        }
    }

    /// - Parameter reference: the leader's logits, [part][its vocabulary].
    private func score(
        _ part: Range<Int>, of answer: [TokenID], after prompt: [TokenID], reference: [Float]?,
        _ cancellation: CancellationFlag, _ onToken: @escaping @Sendable (TokenScore) -> Void
    ) async throws {
        try await perform { [self] timeline in
            try timeline.computeLogits(before: part, of: answer, after: prompt, cancellation)
            accountMemory()
            var scorer = TokenScorer()
            for index in part {
                try cancellation.check()
                let row = index - part.lowerBound
                let score = reference.withRow(row, of: part.count) {
                    scorer.score(answer[index], by: timeline.logits(row: row), reference: $0)
                }
                onToken(score)
            }
        }
    }
}

extension Timeline {
    /// Computes the logits that each of some tokens of an answer was chosen by: rows 0 and up. What the timeline holds of
    /// what comes before isn't computed again.
    /// - Parameter part: no more tokens than fit in a pass.
    func computeLogits(
        before part: Range<Int>, of answer: [TokenID], after prompt: [TokenID], _ cancellation: CancellationFlag
    ) throws {
        try reserve(logitRows: part.count)
        let sequence = prompt + answer
        let first = prompt.count - 1 + part.lowerBound
        let cached = rewind(to: sequence[...first])
        try append(sequence[cached..<first], cancellation: cancellation)
        try append(sequence[first..<first + part.count], logitRows: part.count, cancellation: cancellation)
    }
}

extension [Float]? {
    /// One of `count` rows of equal length; nil where there are none.
    fileprivate func withRow<Result>(
        _ row: Int, of count: Int, _ body: (UnsafeBufferPointer<Float>?) -> Result
    ) -> Result {
        guard let self else { return body(nil) }
        let length = self.count / count
        return self.withUnsafeBufferPointer {
            body(UnsafeBufferPointer(rebasing: $0[row * length..<(row + 1) * length]))
        }
    }
}
