extension ChatTemplate {
    /// The prompt for a conversation with a model of this vocabulary, whose special tokens the template sees.
    ///
    /// - Parameters:
    ///   - messages: An array of objects with `role` and `content`.
    ///   - variables: What else the template sees, such as `tools`; see ``render(messages:addGenerationPrompt:beginningOfSequence:endOfSequence:variables:now:)``.
    public func render(
        messages: JSONValue, for tokenizer: Tokenizer, variables: JSONObject = [:]
    ) throws(ChatTemplateError) -> String {
        let special = { (token: TokenID?) in token.map { tokenizer.piece(of: $0) } ?? "" }
        return try render(
            messages: messages, beginningOfSequence: special(tokenizer.beginningOfSequence),
            endOfSequence: special(tokenizer.endOfSequence), variables: variables)
    }
}
