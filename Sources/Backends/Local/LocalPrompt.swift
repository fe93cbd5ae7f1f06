import Chat
import InferenceCore

/// A request as a local model sees it.
struct LocalPrompt: Sendable {
    /// With the beginning of the answer, if the request has one.
    var tokens: [TokenID]
    /// What isn't as one would think: one line each.
    var notes: [String] = []
}

extension LocalBackend {
    /// Renders a request with the chat template, or raw where there is none, and tokenizes it.
    func prompt(for request: ChatRequest) throws -> LocalPrompt {
        var prompt = try promptWithoutPrefix(for: request)
        if let prefix = request.answerPrefix { prompt.tokens += tokens(of: prefix) }
        return prompt
    }

    /// The same up to where the answer begins.
    func promptWithoutPrefix(for request: ChatRequest) throws -> LocalPrompt {
        guard request.rendering == .chatTemplate else { return rawPrompt(for: request, separator: "") }
        let messages = JSONValue.array(
            request.messages.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] })
        guard let text = try model.prompt(for: messages, template: template) else {
            var prompt = rawPrompt(for: request, separator: "\n")
            prompt.notes = ["this model has no chat template: it continues the raw text"]
            return prompt
        }
        var prompt = LocalPrompt(tokens: model.encode(prompt: text))
        if Self.dropsSystemMessage(of: request.messages, text) {
            prompt.notes = ["this model's chat template leaves out the system prompt: the model doesn't see it"]
        }
        return prompt
    }

    /// An answer in this model's tokens. What special tokens it spells out stay text.
    func tokens(of answer: AnswerText) -> [TokenID] {
        switch answer {
        case .text(let text): model.tokenizer.encode(continuation: text)
        // A number that no token can have stays one that no vocabulary has, and is refused as such.
        case .tokens(let ids): ids.map { TokenID(clamping: $0) }
        }
    }

    /// An answer as text's bytes.
    func bytes(of answer: AnswerText) -> [UInt8] {
        switch answer {
        case .text(let text): Array(text.utf8)
        case .tokens: tokens(of: answer).flatMap { model.tokenizer.bytes(of: $0) }
        }
    }

    /// Without turns, what was said simply continues; the text is the user's, so nothing in it is special.
    private func rawPrompt(for request: ChatRequest, separator: String) -> LocalPrompt {
        LocalPrompt(tokens: model.tokenizer.encode(request.messages.map(\.content).joined(separator: separator)))
    }

    /// Whether a rendered prompt lacks one of the system messages. Templates may trim them.
    private static func dropsSystemMessage(of messages: [Message], _ rendered: String) -> Bool {
        messages.contains { message in
            guard message.role == .system else { return false }
            let content = message.content.trimmingWhitespace
            return !content.isEmpty && !rendered.contains(content)
        }
    }
}

extension String {
    fileprivate var trimmingWhitespace: Substring {
        let start = drop { $0.isWhitespace }
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return start[...last]
    }
}
