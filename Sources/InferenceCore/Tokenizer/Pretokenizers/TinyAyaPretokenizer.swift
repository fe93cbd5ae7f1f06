/// Tiny Aya's words: digits in groups of three counted from the last, unless a word goes on behind them; then
/// GPT-4o's words.
///
///     \d{1,3}(?=(?:\d{3})*\b)
///     (GPT-4o's words)
struct TinyAyaPretokenizer: Pretokenizer {
    let names = ["tiny_aya", "cohere2moe"]
    let recipes: [[PretokenizerStep]] = [
        [
            .split(#"\d{1,3}(?=(?:\d{3})*\b)"#),
            .split(
                PublishedExpression.cased(
                    contractions: PublishedExpression.contractions + "?", number: PublishedExpression.number)),
            .byteLevel(usesWords: false),
        ]
    ]

    private let words = CasedWords(longestNumber: 3, keepsContractions: true)

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        var start = range.lowerBound
        while start < range.upperBound {
            // What comes before the next digits that are grouped, ungrouped digits included.
            var digits = start
            var end = start
            repeat {
                digits = text.endOfRun(from: end, limit: range.upperBound) { $0 != .digit }
                end = text.endOfRun(from: digits, limit: range.upperBound) { $0 == .digit }
            } while end < range.upperBound && text.isWordCharacter(at: end, limit: range.upperBound)
            if start < digits { words.forEachWord(in: start..<digits, of: text, body) }
            text.forEachDigitGroupFromTheRight(in: digits..<end, body)
            start = end
        }
    }
}
