/// SmolLM's and StarCoder's words: each number character stands alone, and GPT-2's words are found in the stretches
/// between, as if each were a text of its own.
struct SmolLMPretokenizer: Pretokenizer {
    let names = [
        "smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b", "mellum2",
    ]
    let recipes: [[PretokenizerStep]] = [
        [.digits(individually: true), .byteLevel(usesWords: true)],
        [.split(#"\p{N}"#), .byteLevel(usesWords: true)],
        [.digits(individually: true), .split(PublishedExpression.gpt2), .byteLevel(usesWords: false)],
    ]

    private let words = GPT2Pretokenizer()

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        text.forEachNumberPiece(in: range, longest: 1) { piece, isNumber in
            if isNumber { body(piece) } else { words.forEachWord(in: piece, of: text, body) }
        }
    }
}
