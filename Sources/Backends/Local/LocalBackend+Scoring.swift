import Chat
import InferenceCore
import Synchronization

extension LocalBackend: Scoring {
    public func sharesVocabulary(with other: any ChatBackend) -> Bool { comparable(other) != nil }

    public func score(
        _ answer: AnswerText, to request: ChatRequest, against leader: (any ChatBackend)?
    ) -> AsyncThrowingStream<ScoringEvent, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task { [self] in
                do {
                    try await score(answer, to: request, against: leader) { continuation.yield($0) }
                    continuation.finish()
                } catch is CancellationError {
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    private func score(
        _ answer: AnswerText, to request: ChatRequest, against leader: (any ChatBackend)?,
        yield: @escaping @Sendable (ScoringEvent) -> Void
    ) async throws {
        let peer = comparable(leader)
        let script = try await away { [self] in
            Script(
                answer: tokens(of: answer), prompt: try promptWithoutPrefix(for: request).tokens,
                leader: try peer.map {
                    Session.Leader(session: $0.session, prompt: try $0.promptWithoutPrefix(for: request).tokens)
                })
        }
        yield(.started(tokens: script.answer.count, sharesVocabulary: script.leader != nil))
        let texts = AnswerDetokenizer(model.tokenizer, count: script.answer.count)
        try await session.score(script.answer, after: script.prompt, against: script.leader) { [self] score in
            yield(.token(ScoredToken(score, text: texts.text(of: score.id), favourite: alternative(score.favourite))))
        }
    }

    /// What is to be scored, in tokens.
    private struct Script: Sendable {
        var answer: [TokenID]
        var prompt: [TokenID]
        var leader: Session.Leader?
    }

    /// The leader, if its distributions can be compared with this model's.
    private func comparable(_ leader: (any ChatBackend)?) -> LocalBackend? {
        guard let leader = leader as? LocalBackend,
            leader.model.tokenizer.hasSameVocabulary(as: model.tokenizer)
        else { return nil }
        return leader
    }
}

/// Makes text of an answer's tokens as they are scored, on whichever thread.
private final class AnswerDetokenizer: Sendable {
    private struct State {
        var detokenizer: StreamingDetokenizer
        var left: Int
    }

    private let state: Mutex<State>

    /// - Parameter count: tokens of the answer.
    init(_ tokenizer: Tokenizer, count: Int) {
        state = Mutex(State(detokenizer: StreamingDetokenizer(tokenizer: tokenizer), left: count))
    }

    /// The text that the next token completes.
    func text(of token: TokenID) -> String {
        state.withLock { state in
            state.left -= 1
            let text = state.detokenizer.append(token)
            return state.left == 0 ? text + state.detokenizer.finish() : text
        }
    }
}

extension ScoredToken {
    fileprivate init(_ score: TokenScore, text: String, favourite: ChatToken.Alternative) {
        self.init(
            id: Int(score.id), text: text, logprob: score.logprob, rank: score.rank, entropy: score.entropy,
            favourite: favourite, divergence: score.divergence)
    }
}
