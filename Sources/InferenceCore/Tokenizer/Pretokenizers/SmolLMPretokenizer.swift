/// SmolLM's and StarCoder's words: each number character stands alone, and GPT-2's words are found in the stretches
/// between, as if each were a text of its own.
struct SmolLMPretokenizer: Pretokenizer {
    let names = [
        "smollm", "starcoder", "refact", "command-r", "codeshell", "exaone", "minerva-7b", "mellum2",
    ]

    private let words = GPT2Pretokenizer()

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        var start = range.lowerBound
        while start < range.upperBound {
            let number = text.endOfRun(from: start, limit: range.upperBound) { $0 != .number }
            words.forEachWord(in: start..<number, of: text, body)
            guard number < range.upperBound else { return }
            start = text.character(at: number, limit: range.upperBound).end
            body(number..<start)
        }
    }
}
