import InferenceCore

/// Renders conversations as a model's file, or another template, wants them.
enum PromptRendering {
    /// - Parameter source: a template to use instead of the file's own.
    static func prompt(_ messages: JSONValue, modelPath: String, source: String?) throws -> String {
        let metadata = try GGUFFile(path: modelPath).metadata
        guard let source = try source ?? metadata.stringIfPresent("tokenizer.chat_template") else {
            throw CommandFailure(
                message: "\(modelPath): the file has no chat template; give one with --template FILE.jinja, "
                    + "or continue raw text with 'diptych run --raw'")
        }
        let tokenizer = try Tokenizer(metadata: metadata)
        do {
            return try ChatTemplate(source: source).render(
                messages: messages, addGenerationPrompt: true,
                beginningOfSequence: tokenizer.beginningOfSequence.map(tokenizer.piece) ?? "",
                endOfSequence: tokenizer.endOfSequence.map(tokenizer.piece) ?? "")
        } catch {
            throw CommandFailure(message: "\(modelPath): chat template: \(String(oneLine: error))")
        }
    }
}
