import Chat
import Dispatch
import InferenceCore

extension LocalBackend: PromptRendering {
    public func renderPrompt(of request: ChatRequest) async throws -> RenderedPrompt {
        try await away { [self] in
            let prompt = try prompt(for: request)
            return RenderedPrompt(
                pieces: pieces(of: prompt.tokens),
                notes: prompt.notes + [overrun(prompt.tokens.count)].compactMap { $0 },
                contextLength: session.contextLength)
        }
    }

    /// Each token with the text that it completes, so that the pieces together are the prompt.
    private func pieces(of tokens: [TokenID]) -> [RenderedPrompt.Piece] {
        var detokenizer = StreamingDetokenizer(tokenizer: model.tokenizer)
        var pieces = tokens.map { token in
            let isSpecial = model.tokenizer.isSpecial(token)
            // What is left of a character that a special token breaks off comes before it.
            let text = isSpecial ? detokenizer.finish() + model.tokenizer.piece(of: token) : detokenizer.append(token)
            return RenderedPrompt.Piece(id: Int(token), text: text, isSpecial: isSpecial)
        }
        if let last = pieces.indices.last { pieces[last].text += detokenizer.finish() }
        return pieces
    }

    /// A note on a prompt that leaves no room for an answer.
    private func overrun(_ count: Int) -> String? {
        let excess = count - (session.contextLength - 1)
        guard excess > 0 else { return nil }
        return "the prompt is too long by \(excess) \(excess == 1 ? "token" : "tokens"): it has \(count), the context "
            + "holds \(session.contextLength) and needs one for the answer"
    }

    /// Runs work that takes a while on a thread that nobody waits on.
    func away<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global(qos: .userInitiated).async {
                continuation.resume(with: Swift.Result { try work() })
            }
        }
    }
}
