import Chat
import InferenceCore

extension LocalBackend {
    /// A conversation as the model gets it.
    struct Prompt {
        var tokens: [TokenID]
        /// What the user should know of how it was made.
        var note: String?
    }
}

extension Model {
    /// Renders a request with the model's chat template; raw, with a note, where it has none.
    func prompt(for request: ChatRequest) throws -> LocalBackend.Prompt {
        if request.rendering == .chatTemplate {
            let messages = JSONValue.array(
                request.messages.map { message in
                    .object(["role": .string(message.role.rawValue), "content": .string(message.content)])
                })
            if let text = try prompt(for: messages) {
                return LocalBackend.Prompt(tokens: encode(prompt: text), note: nil)
            }
        }
        // Without turns, what was said simply continues; the text is the user's, so nothing in it is special.
        let text = request.messages.map(\.content).joined(separator: request.rendering == .raw ? "" : "\n")
        let note = request.rendering == .raw ? nil : "this model has no chat template: it continues the raw text"
        return LocalBackend.Prompt(tokens: tokenizer.encode(text), note: note)
    }
}
