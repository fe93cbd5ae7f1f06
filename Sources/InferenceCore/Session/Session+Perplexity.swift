import CKernels

extension Session {
    /// How well the model predicts a text, as llama.cpp's llama-perplexity defines it: the text is cut into chunks that
    /// each begin anew (with the token that begins sequences in the place of their first one, where the model adds it),
    /// and the second half of each is scored, but for what is left over at the end.
    ///
    /// The session's conversation is replaced.
    /// - Parameters:
    ///   - tokens: of the text, with what the model adds at the start.
    ///   - chunkLength: tokens of a chunk; at most the session's context.
    ///   - progress: called after each chunk with what is known so far, and how many chunks there are.
    /// - Throws: ``ModelError/textTooShort(tokens:needed:)`` for less than a chunk; `CancellationError` when the task
    ///   is cancelled; ``GGUFError`` if the file was cut short while mapped.
    public func perplexity(
        of tokens: [TokenID], chunkLength: Int = 512,
        progress: @escaping @Sendable (_ soFar: Perplexity, _ done: Int, _ chunks: Int) -> Void = { _, _, _ in }
    ) async throws -> Perplexity {
        guard chunkLength >= 4, chunkLength <= contextLength else {
            throw ModelError.contextTooLong(requested: chunkLength, limit: contextLength)
        }
        let chunks = model.chunks(of: tokens, length: chunkLength)
        guard !chunks.isEmpty else { throw ModelError.textTooShort(tokens: tokens.count, needed: chunkLength) }
        for token in tokens where token < 0 || token >= model.shape.vocabularySize {
            throw ModelError.unknownToken(token, vocabularySize: model.shape.vocabularySize)
        }
        let cancellation = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await perform { timeline in
                var sums = Perplexity.Sums()
                for (index, chunk) in chunks.enumerated() {
                    try timeline.score(chunk, from: chunkLength / 2, into: &sums, cancellation)
                    progress(sums.perplexity(tokens: tokens.count, chunkLength: chunkLength), index + 1, chunks.count)
                }
                return sums.perplexity(tokens: tokens.count, chunkLength: chunkLength)
            }
        } onCancel: {
            cancellation.raise()
        }
    }
}

extension Model {
    /// A text in chunks that are scored on their own: each begins with the token that begins sequences in the place of its
    /// first one, where the model adds it. What is left over at the end isn't among them.
    public func chunks(of tokens: [TokenID], length: Int) -> [[TokenID]] {
        let begin = tokenizer.addsBeginningOfSequence ? tokenizer.beginningOfSequence : nil
        return (0..<tokens.count / max(1, length)).map { index in
            var chunk = Array(tokens[index * length..<(index + 1) * length])
            if let begin { chunk[0] = begin }
            return chunk
        }
    }
}

extension Timeline {
    /// Adds the losses of the tokens behind position `first`.
    fileprivate func score(
        _ chunk: [TokenID], from first: Int, into sums: inout Perplexity.Sums, _ cancellation: CancellationFlag
    ) throws {
        try pass(through: chunk, from: first, cancellation) { position, logits in
            sums.add(loss(of: chunk[position + 1], logits: logits))
        }
    }

    /// The negative log-likelihood of a token.
    private func loss(of token: TokenID, logits: UnsafeMutableBufferPointer<Float>) -> Double {
        let blocks = (logits.count + Int(CK_LOGIT_BLOCK) - 1) / Int(CK_LOGIT_BLOCK)
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: blocks) { maxima in
            ck_survey(logits.baseAddress, logits.count, maxima.baseAddress, nil) - Double(logits[Int(token)])
        }
    }
}
