/// Seed-Coder's words: as Qwen 2's, but line breaks never follow signs.
///
///     (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|\s*[\r\n]+|\s+(?!\S)|\s+
struct SeedCoderPretokenizer: Pretokenizer {
    let names = ["seed-coder"]
    let recipes: [[PretokenizerStep]] = [
        .expression(
            PublishedExpression.contractions + "|" + PublishedExpression.letters + #"|\p{N}{1}| ?[^\s\p{L}\p{N}\r\n]+|"#
                + PublishedExpression.whitespace)
    ]

    private let words = LineAwareWords(longestNumber: 1, signEnding: .nothing)

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        words.forEachWord(in: range, of: text, body)
    }
}
