import Chat
import InferenceCore

extension LocalBackend: ChoiceScoring {
    public func score(choices: [String], for request: ChatRequest) async throws -> ChoiceScores {
        let (prompt, answers) = try await away { [self] in
            (try promptWithoutPrefix(for: request).tokens, choices.map { tokens(of: .text($0)) })
        }
        // Where one choice begins another, the shorter one would always seem likelier, were it not for its end.
        let oneBeginsAnother = answers.contains { one in
            answers.contains { $0.count > one.count && $0.starts(with: one) }
        }
        let result = try await session.logprobs(
            of: answers, endings: oneBeginsAnother ? model.tokenizer.endOfGeneration : [], after: prompt)
        return ChoiceScores(
            logprobs: result.logprobs, tokenCounts: answers.map(\.count), promptTokens: prompt.count,
            cachedTokens: result.cachedTokens)
    }
}
