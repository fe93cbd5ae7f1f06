/// DeepSeek Coder's words: five rules, each applied to the pieces that the one before it left.
///
///     [\r\n]
///     \s?\p{L}+
///     \s?\p{P}+
///     [一-龥ࠀ-一가-퟿]+
///     \p{N}
struct DeepSeekCoderPretokenizer: Pretokenizer {
    let names = ["deepseek-coder"]
    let recipes: [[PretokenizerStep]] = [
        [
            .split("[\r\n]"), .split(#"\s?\p{L}+"#), .split(#"\s?\p{P}+"#), .split("[一-龥ࠀ-一가-퟿]+"),
            .digits(individually: true), .byteLevel(usesWords: false),
        ]
    ]

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        let lineBreak = { DeepSeekRules.endOfLineBreak(at: $0, limit: $1, in: text) }
        let letters = { text.endOfSpacedRun(at: $0, limit: $1) { $0.isLetter } }
        let punctuation = { text.endOfSpacedRun(at: $0, limit: $1) { $0 == .punctuation } }
        text.forEachPiece(in: range, matching: lineBreak) { line in
            text.forEachPiece(in: line, matching: letters) { part in
                text.forEachPiece(in: part, matching: punctuation) { piece in
                    DeepSeekRules.forEachEasternPiece(in: piece, of: text) { word in
                        text.forEachNumberPiece(in: word, longest: 1) { number, _ in body(number) }
                    }
                }
            }
        }
    }
}

/// What DeepSeek's first two families share.
enum DeepSeekRules {
    /// `[\r\n]`
    static func endOfLineBreak(at offset: Int, limit: Int, in text: TextScanner) -> Int? {
        TextScanner.isLineBreak(text.bytes[offset]) ? offset + 1 : nil
    }

    /// Cuts at `[一-龥ࠀ-一가-퟿]+`: the scripts from the Samaritan on, and Hangul's syllables.
    static func forEachEasternPiece(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        let eastern = { (offset: Int, limit: Int) -> Int? in
            guard text.bytes[offset] >= 0xE0 else { return nil }
            let end = text.endOfScalars(from: offset, limit: limit) {
                (0x800...0x9FA5).contains($0) || (0xAC00...0xD7FF).contains($0)
            }
            return end > offset ? end : nil
        }
        text.forEachPiece(in: range, matching: eastern, body)
    }
}
