import Chat

/// A task that models do by answering prompts.
protocol PromptedTask {
    /// What a model that chats is asked.
    func messages(for text: String) -> [Message]
    /// What a model without a chat template goes on with.
    func rawMessages(for text: String) -> [Message]
}

extension PromptedTask {
    /// The prompt as it suits a model. Nothing is drawn at random, so that the same text gets the same answer.
    func request(for text: String, to model: ModelProfile) -> ChatRequest {
        let chats = model.hasChatTemplate
        return ChatRequest(
            messages: chats ? messages(for: text) : rawMessages(for: text),
            sampling: SamplingOptions(temperature: 0), rendering: chats ? .chatTemplate : .raw)
    }
}
