import Chat
import InferenceCore

extension LocalBackend {
    /// What the user should know of how a request's prompt is made.
    func note(on request: ChatRequest) -> String? {
        guard request.rendering == .chatTemplate, !profile.hasChatTemplate else { return nil }
        return "this model has no chat template: it continues the raw text"
    }

    /// Renders a request with the chat template, or raw where there is none, and tokenizes it.
    func prompt(for request: ChatRequest) throws -> [TokenID] {
        if request.rendering == .chatTemplate {
            let messages = JSONValue.array(
                request.messages.map { ["role": .string($0.role.rawValue), "content": .string($0.content)] })
            if let text = try model.prompt(for: messages, template: template) { return model.encode(prompt: text) }
        }
        // Without turns, what was said simply continues; the text is the user's, so nothing in it is special.
        return model.tokenizer.encode(
            request.messages.map(\.content).joined(separator: request.rendering == .raw ? "" : "\n"))
    }
}
