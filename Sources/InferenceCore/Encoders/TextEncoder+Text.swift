extension TextEncoder {
    /// A text's tokens, with those that begin and end it, cut to what the model reads.
    /// - Returns: the tokens, and whether some had to be left out.
    public func encode(_ text: String) -> (tokens: [TokenID], isCut: Bool) {
        let tokens = tokenizer.encode(text)
        guard tokens.count > longestText else { return (tokens, false) }
        // What ends a text stays.
        let ending = tokenizer.addsEndOfSequence ? tokens.suffix(1) : []
        return (Array(tokens.prefix(longestText - ending.count) + ending), true)
    }
}
