import InferenceCore

/// Renders conversations as a model's file, or another template, wants them.
enum TemplateRun {
    /// - Parameters:
    ///   - conversation: A list of messages, or an object with `messages` and what else the template reads.
    ///   - template: a template to use instead of the file's own.
    static func prompt(_ conversation: JSONValue, modelPath: String, template: ChatTemplate?) throws -> String {
        let own = try Tokenizer.chatTemplateSource(path: modelPath)
        let tokenizer = try Tokenizer(path: modelPath)
        do {
            guard let chosen = try template ?? own.map({ try ChatTemplate(source: $0) }) else {
                throw CommandFailure(
                    message: "\(modelPath): it has no chat template; give one with --template, "
                        + "or continue raw text with 'diptych run --raw'")
            }
            return try chosen.render(
                messages: conversation["messages"] ?? conversation, for: tokenizer,
                variables: conversation.objectValue ?? [:])
        } catch let error as ChatTemplateError {
            throw PromptError(path: modelPath, reason: error)
        }
    }
}
