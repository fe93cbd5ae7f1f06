extension Model {
    /// The source of the file's chat template; nil for a base model.
    public var chatTemplateSource: String? {
        try? file.metadata.stringIfPresent("tokenizer.chat_template")
    }

    /// Renders a conversation as the model's chat template does, with the start of the answer.
    /// - Parameter messages: objects with `role` and `content`.
    /// - Returns: nil for a base model, which has no template.
    /// - Throws: ``ChatTemplateError`` that says where the template fails and why.
    public func prompt(for messages: JSONValue) throws -> String? {
        guard let source = chatTemplateSource else { return nil }
        let special = { (token: TokenID?) in token.map { self.tokenizer.piece(of: $0) } ?? "" }
        return try ChatTemplate(source: source).render(
            messages: messages,
            beginningOfSequence: special(tokenizer.beginningOfSequence),
            endOfSequence: special(tokenizer.endOfSequence))
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
