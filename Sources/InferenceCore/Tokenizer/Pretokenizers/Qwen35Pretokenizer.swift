/// Qwen 3.5's words: as Qwen 2's, but combining marks belong to the letters before them.
///
///     (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*
///     |\s*[\r\n]+|\s+(?!\S)|\s+
struct Qwen35Pretokenizer: Pretokenizer {
    let names = ["qwen35"]
    let recipes: [[PretokenizerStep]] = [
        .expression(
            PublishedExpression.contractions + #"|[^\r\n\p{L}\p{N}]?[\p{L}\p{M}]+|\p{N}|"#
                + #" ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|"# + PublishedExpression.whitespace)
    ]

    private let words = LineAwareWords(longestNumber: 1, joinsMarks: true)

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        words.forEachWord(in: range, of: text, body)
    }
}
