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
        let chunks = tokens.count / chunkLength
        guard chunks > 0 else { throw ModelError.textTooShort(tokens: tokens.count, needed: chunkLength) }
        for token in tokens where token < 0 || token >= model.shape.vocabularySize {
            throw ModelError.unknownToken(token, vocabularySize: model.shape.vocabularySize)
        }
        let begin = model.tokenizer.addsBeginningOfSequence ? model.tokenizer.beginningOfSequence : nil
        let cancellation = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await perform { timeline in
                var sums = Perplexity.Sums()
                for index in 0..<chunks {
                    var chunk = Array(tokens[index * chunkLength..<(index + 1) * chunkLength])
                    if let begin { chunk[0] = begin }
                    try timeline.score(chunk, from: chunkLength / 2, into: &sums, cancellation)
                    progress(sums.perplexity(tokens: tokens.count, chunkLength: chunkLength), index + 1, chunks)
                }
                return sums.perplexity(tokens: tokens.count, chunkLength: chunkLength)
            }
        } onCancel: {
            cancellation.raise()
        }
    }
}

extension Timeline {
    /// Logits of a whole vocabulary that are held at a time.
    private static let scoredRows = 32

    /// Adds the losses of the tokens after position `first`.
    fileprivate func score(
        _ chunk: [TokenID], from first: Int, into sums: inout Perplexity.Sums, _ cancellation: CancellationFlag
    ) throws {
        truncate(to: 0)
        let rows = min(Self.scoredRows, widestPass)
        try reserve(logitRows: rows)
        try append(chunk[..<first], cancellation: cancellation)
        for start in stride(from: first, to: chunk.count - 1, by: rows) {
            let end = min(start + rows, chunk.count - 1)
            try append(chunk[start..<end], logitRows: end - start, cancellation: cancellation)
            for position in start..<end {
                sums.add(loss(of: chunk[position + 1], logits: logits(row: position - start)))
            }
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
