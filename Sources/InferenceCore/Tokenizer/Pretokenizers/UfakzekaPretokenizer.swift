/// Ufakzeka's words: as Qwen 2's, without English contractions.
///
///     [^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
struct UfakzekaPretokenizer: Pretokenizer {
    let names = ["ufakzeka"]
    let recipes: [[PretokenizerStep]] = [
        .expression(PublishedExpression.letters + #"|\p{N}|"# + PublishedExpression.signs)
    ]

    private let words = LineAwareWords(longestNumber: 1, cutsContractions: false)

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        words.forEachWord(in: range, of: text, body)
    }
}
