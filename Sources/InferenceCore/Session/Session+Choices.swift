#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension Session {
    /// How likely some answers to one prompt are.
    public struct ChoiceLogprobs: Sendable, Equatable {
        /// Natural logarithm of each answer's probability: the sum over its tokens, in the model's own distribution.
        /// [answers]
        public var logprobs: [Double]
        /// Tokens of the prompt that were in the KV cache.
        public var cachedTokens: Int
    }

    /// Tells how likely the model holds each of some answers, without giving one. The prompt is computed once, and what it
    /// has in common with the one before isn't computed again. The logits are those of decoding, to the bit.
    ///
    /// The session's conversation is replaced. One pass for the prompt, and one for each answer of more than one token.
    /// - Parameters:
    ///   - answers: none empty.
    ///   - endings: tokens of which one follows each answer; where there are any, that one does is part of an answer's
    ///     probability.
    ///   - prompt: what is asked, as the model's template renders it.
    /// - Throws: ``ModelError`` if the prompt is empty or an answer doesn't fit in the context behind it; ``GGUFError`` if a
    ///   file was cut short while mapped; `CancellationError` when the task is cancelled.
    public func logprobs(
        of answers: [[TokenID]], endings: Set<TokenID> = [], after prompt: [TokenID]
    ) async throws -> ChoiceLogprobs {
        for answer in answers { try check(answer, after: prompt) }
        defer { releaseLogits() }
        let cancellation = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await perform { [self] timeline in
                let cached = min(timeline.sharedCount(with: prompt), max(0, prompt.count - 1))
                var scorer = ChoiceScorer(timeline: timeline, prompt: prompt, endings: endings)
                let logprobs = try scorer.logprobs(of: answers, cancellation)
                accountMemory()
                return ChoiceLogprobs(logprobs: logprobs, cachedTokens: cached)
            }
        } onCancel: {
            cancellation.raise()
        }
    }
}

/// Leads a timeline through the answers to one prompt.
private struct ChoiceScorer {
    let timeline: Timeline
    let prompt: [TokenID]
    let endings: Set<TokenID>
    private var scorer = TokenScorer()

    init(timeline: Timeline, prompt: [TokenID], endings: Set<TokenID>) {
        self.timeline = timeline
        self.prompt = prompt
        self.endings = endings
    }

    mutating func logprobs(of answers: [[TokenID]], _ cancellation: CancellationFlag) throws -> [Double] {
        guard let first = answers.first else { return [] }
        // All first tokens follow the same logits.
        try timeline.computeLogits(before: 0..<1, of: first, after: prompt, cancellation)
        var logprobs = answers.map { scorer.score($0[0], by: timeline.logits(row: 0)).logprob }
        for (index, answer) in answers.enumerated() {
            let end = endings.isEmpty ? answer.count : answer.count + 1
            for start in stride(from: 1, to: end, by: timeline.widestPass) {
                try cancellation.check()
                let part = start..<min(start + timeline.widestPass, end)
                try timeline.computeLogits(before: part, of: answer, after: prompt, cancellation)
                for position in part { logprobs[index] += logprob(at: position, of: answer, row: position - start) }
            }
        }
        return logprobs
    }

    /// Of the answer's token at a position, or of any ending behind the last one.
    private mutating func logprob(at position: Int, of answer: [TokenID], row: Int) -> Double {
        let logits = timeline.logits(row: row)
        if position < answer.count { return scorer.score(answer[position], by: logits).logprob }
        var sum = 0.0
        for ending in endings { sum += exp(scorer.score(ending, by: logits).logprob) }
        return log(sum)
    }
}

extension Timeline {
    fileprivate func sharedCount(with prompt: [TokenID]) -> Int { zip(tokens, prompt).prefix { $0 == $1 }.count }
}
