/// How tokens go through the model.
public enum MeasuredPass: Sendable {
    /// Together, in chunks, as a prompt does.
    case prefill
    /// One after the other, as an answer does.
    case decode
}

/// Speed alone: no text, no sampling, nothing but the model's own arithmetic.
extension Session {
    /// How long the model takes for some fixed pseudo-random tokens, with their logits: all tokens' for
    /// ``MeasuredPass/decode``, the last one's for ``MeasuredPass/prefill``.
    ///
    /// The session's conversation is replaced by those tokens. The first `depth` of them are computed before the clock
    /// starts, and only once for several measurements at the same depth.
    /// - Parameters:
    ///   - count: tokens to be timed, at least 1.
    ///   - depth: tokens that are in the KV cache before.
    /// - Returns: time of the monotonic clock for all `count` tokens.
    /// - Throws: ``ModelError`` if the context is too short; `CancellationError` when the task is cancelled.
    public func measure(_ kind: MeasuredPass, tokens count: Int, depth: Int = 0) async throws -> Duration {
        let sequence = (0..<depth + count).map { index in
            TokenID((7919 * index + 100) % model.shape.vocabularySize)
        }
        try check(sequence)
        let cancellation = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await perform { timeline in
                // One token more than the depth: a rewind always leaves the last one to be computed.
                let cached = timeline.rewind(to: Array(sequence.prefix(depth + 1)))
                try timeline.append(sequence[cached..<depth], cancellation: cancellation)
                let step = kind == .prefill ? count : 1
                return try ContinuousClock().measure {
                    for start in stride(from: depth, to: depth + count, by: step) {
                        try timeline.append(sequence[start..<start + step], cancellation: cancellation)
                    }
                }
            }
        } onCancel: {
            cancellation.raise()
        }
    }
}
