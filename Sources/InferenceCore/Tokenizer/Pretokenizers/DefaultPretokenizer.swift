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
        let isNumber = { (_: UInt32, kind: CharacterClass) in kind.isNumber }
        text.forEachStretch(in: range, where: Self.isPunctuation) { stretch in
            words.forEachWord(in: stretch, of: text) { word in
                text.forEachStretch(in: word, where: isNumber) { piece in
                    text.forEachDigitGroup(in: piece, body)
                }
            }
        }
    }

    private static func isPunctuation(_ scalar: UInt32, _ kind: CharacterClass) -> Bool {
        kind == .punctuation || (kind == .symbol && scalar < 0x80 && scalar != 0x60)
    }
}
