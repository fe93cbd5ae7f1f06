/// What files get that name no pretokenizer: four rules, each applied to the pieces that the one before it left.
///
///     [\p{P}\$\+<=>\^~\|]+
///     (GPT-2's words)
///     \p{N}+
///     [0-9][0-9][0-9]
///
/// Source: llama.cpp, `LLAMA_VOCAB_PRE_TYPE_DEFAULT`.
struct DefaultPretokenizer: Pretokenizer {
    let names = ["default"]

    private let words = GPT2Pretokenizer()

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        forEachStretch(in: range, of: text, where: Self.isPunctuation) { stretch in
            words.forEachWord(in: stretch, of: text) { word in
                forEachStretch(in: word, of: text, where: { $1 == .number }) { piece in
                    forEachDigitGroup(in: piece, of: text, body)
                }
            }
        }
    }

    /// Cuts the range where `belongs` changes.
    private func forEachStretch(
        in range: Range<Int>, of text: TextScanner, where belongs: (UInt8, CharacterClass) -> Bool,
        _ body: (Range<Int>) -> Void
    ) {
        var start = range.lowerBound
        var end = start
        var belonged = false
        while end < range.upperBound {
            let next = text.character(at: end, limit: range.upperBound)
            let does = belongs(text.bytes[end], next.kind)
            if does != belonged, start < end {
                body(start..<end)
                start = end
            }
            belonged = does
            end = next.end
        }
        if start < end { body(start..<end) }
    }

    private static func isPunctuation(_ byte: UInt8, _ kind: CharacterClass) -> Bool {
        kind == .punctuation || (kind == .symbol && byte < 0x80 && byte != UInt8(ascii: "`"))
    }

    /// Cuts each three ASCII digits in a row out of the range.
    private func forEachDigitGroup(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        var start = range.lowerBound
        var digits = 0
        for index in range {
            digits = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(text.bytes[index]) ? digits + 1 : 0
            guard digits == 3 else { continue }
            if start < index - 2 { body(start..<index - 2) }
            body(index - 2..<index + 1)
            start = index + 1
            digits = 0
        }
        if start < range.upperBound { body(start..<range.upperBound) }
    }
}
