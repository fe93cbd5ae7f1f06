/// Qwen 2's and 3's words: each number character stands alone.
///
///     (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
///
/// Bailing's expression looks different and means the same.
struct Qwen2Pretokenizer: Pretokenizer {
    let names = [
        "qwen2", "deepseek-r1-qwen", "kormo", "f2llmv2", "megrez", "stablelm2", "hunyuan", "solar-open", "grok-2",
        "bailingmoe", "bailingmoe2", "llada-moe",
    ]
    let recipes: [[PretokenizerStep]] = [
        .expression(PublishedExpression.lineAware(number: #"\p{N}"#)),
        .expression(
            #"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]++[\r\n]*|"#
                + #"\s*[\r\n]|\s+(?!\S)|\s+"#),
    ]

    private let words = LineAwareWords(longestNumber: 1)

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        words.forEachWord(in: range, of: text, body)
    }
}
