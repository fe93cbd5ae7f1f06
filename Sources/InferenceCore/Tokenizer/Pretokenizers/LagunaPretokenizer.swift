/// Laguna's words: Qwen 2's, found in each line and each run of line feeds by itself.
///
///     [^\n]+|[\n]+
///     (Qwen 2's words)
struct LagunaPretokenizer: Pretokenizer {
    let names = ["laguna"]
    let recipes: [[PretokenizerStep]] = [
        [
            .split(#"[^\n]+|[\n]+"#), .split(PublishedExpression.lineAware(number: #"\p{N}"#)),
            .byteLevel(usesWords: false),
        ]
    ]

    private let words = LineAwareWords(longestNumber: 1)

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        var start = range.lowerBound
        while start < range.upperBound {
            let isBreak = text.bytes[start] == UInt8(ascii: "\n")
            var end = start + 1
            while end < range.upperBound, (text.bytes[end] == UInt8(ascii: "\n")) == isBreak { end += 1 }
            words.forEachWord(in: start..<end, of: text, body)
            start = end
        }
    }
}
