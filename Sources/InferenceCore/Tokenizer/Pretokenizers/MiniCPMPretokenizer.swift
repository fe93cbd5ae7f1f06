/// MiniCPM 5's words: groups of up to three number characters are cut out first, and Llama 3's words found in what is
/// between them.
///
///     \p{N}{1,3}
///     (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}+| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
struct MiniCPMPretokenizer: Pretokenizer {
    let names = ["minicpm5"]
    let recipes: [[PretokenizerStep]] = [
        [
            .split(PublishedExpression.number), .split(PublishedExpression.lineAware(number: #"\p{N}+"#)),
            .byteLevel(usesWords: false),
        ]
    ]
    let ignoresMerges = true

    private let words = LineAwareWords(longestNumber: 3)

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        text.forEachNumberPiece(in: range, longest: 3) { piece, isNumber in
            if isNumber { body(piece) } else { words.forEachWord(in: piece, of: text, body) }
        }
    }
}
