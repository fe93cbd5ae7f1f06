extension Model {
    /// The source of the file's chat template; nil for a base model.
    public var chatTemplateSource: String? {
        try? checkpoint.metadata.stringIfPresent("tokenizer.chat_template")
    }

    /// Renders a conversation as a chat template does, with the start of the answer.
    /// - Parameters:
    ///   - messages: objects with `role` and `content`.
    ///   - template: the one to use instead of the file's own.
    /// - Returns: nil for a base model, which has no template, unless one is given.
    /// - Throws: ``PromptError`` that says where the template fails and why.
    public func prompt(for messages: JSONValue, template: ChatTemplate? = nil) throws(PromptError) -> String? {
        do throws(ChatTemplateError) {
            if let template { return try template.render(messages: messages, for: tokenizer) }
            guard let source = chatTemplateSource else { return nil }
            return try ChatTemplate(source: source).render(messages: messages, for: tokenizer)
        } catch {
            throw PromptError(path: path, reason: error)
        }
    }

    /// Tokens of a rendered prompt: special tokens in it count as such, and the beginning of the sequence is added
    /// unless the template wrote it already.
    public func encode(prompt: String) -> [TokenID] {
        var tokens = tokenizer.encode(prompt, addSpecial: true, parseSpecial: true)
        if let begin = tokenizer.beginningOfSequence, tokens.count > 1, tokens[0] == begin, tokens[1] == begin {
            tokens.removeFirst()
        }
        return tokens
    }
}
