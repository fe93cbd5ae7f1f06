/// A text's tokens, and which part of the text each one is from.
struct AlignedText: Sendable {
    let text: String
    private(set) var tokens: [TokenID] = []
    /// Of each token: the word or the mark that it is a part of.
    private(set) var ranges: [Range<String.Index>] = []

    /// Words and marks are encoded one by one. That gives the tokens of the whole wherever tokens don't reach across
    /// words, as those of word pieces don't.
    init(_ text: String, tokenizer: Tokenizer) {
        self.text = text
        for range in Self.parts(of: text) {
            let part = tokenizer.encode(String(text[range]), addSpecial: false)
            tokens += part
            ranges += Array(repeating: range, count: part.count)
        }
    }

    /// The text from one token to another.
    func passage(_ range: ClosedRange<Int>) -> String {
        String(text[ranges[range.lowerBound].lowerBound..<ranges[range.upperBound].upperBound])
    }

    /// Words, and what stands between them but white space, character by character.
    private static func parts(of text: String) -> [Range<String.Index>] {
        var parts: [Range<String.Index>] = []
        var start: String.Index?
        for index in text.indices {
            let character = text[index]
            let isWord = character.isLetter || character.isNumber
            if let begin = start, !isWord {
                parts.append(begin..<index)
                start = nil
            }
            if isWord {
                start = start ?? index
            } else if !character.isWhitespace {
                parts.append(index..<text.index(after: index))
            }
        }
        if let start { parts.append(start..<text.endIndex) }
        return parts
    }
}
