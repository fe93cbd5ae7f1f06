/// GPT-2's words.
///
///     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
///
/// Source: Radford et al., "Language Models are Unsupervised Multitask Learners" (2019), encoder.py.
struct GPT2Pretokenizer: Pretokenizer {
    let names = [
        "gpt-2", "phi-2", "mpt", "olmo", "jais", "trillion", "granite-docling", "exaone4", "gigachat", "a.x-4.0",
        "mellum", "modern-bert", "jina-es", "jina-de", "jina-v2-es", "jina-v2-de", "jina-v1-en", "jina-v2-code",
        "roberta-bpe",
    ]
    let recipes: [[PretokenizerStep]] = [
        [.byteLevel(usesWords: true)], .expression(PublishedExpression.gpt2),
    ]

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        var start = range.lowerBound
        while start < range.upperBound {
            let end = Self.endOfWord(at: start, limit: range.upperBound, in: text)
            body(start..<end)
            start = end
        }
    }

    private static func endOfWord(at start: Int, limit: Int, in text: TextScanner) -> Int {
        if let end = text.endOfContraction(at: start, limit: limit, ignoringCase: false) { return end }
        var first = text.character(at: start, limit: limit)
        if text.bytes[start] == UInt8(ascii: " "), start + 1 < limit {
            first = text.character(at: start + 1, limit: limit)
        }
        if first.kind.isLetter { return text.endOfRun(from: first.end, limit: limit) { $0.isLetter } }
        if first.kind.isNumber { return text.endOfRun(from: first.end, limit: limit) { $0.isNumber } }
        if first.kind == .whitespace { return text.endOfWhitespace(from: start, limit: limit) }
        return text.endOfRun(from: first.end, limit: limit) { $0.isSign }
    }
}
