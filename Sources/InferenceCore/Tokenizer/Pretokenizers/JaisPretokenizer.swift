/// Jais 2's words: Llama 3's, with long whitespace in pieces of powers of two.
///
///     (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+
///     |\s{512}(?!\S)|\s{256}(?!\S)|\s{128}(?!\S)|\s{64}(?!\S)|\s{32}(?!\S)|\s{16}(?!\S)|\s{8}(?!\S)|\s{4}(?!\S)
///     |\s{1,2}(?!\S)|\s{1}
struct JaisPretokenizer: Pretokenizer {
    let names = ["jais-2"]
    let recipes: [[PretokenizerStep]] = [
        .expression(
            PublishedExpression.contractions + "|" + PublishedExpression.letters
                + #"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|"#
                + [512, 256, 128, 64, 32, 16, 8, 4].map { #"\s{\#($0)}(?!\S)|"# }.joined() + #"\s{1,2}(?!\S)|\s{1}"#)
    ]

    private let words = LineAwareWords(longestNumber: 3)

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        words.forEachWord(in: range, of: text) { word in
            // Only the word of whitespace alone is cut; line breaks end a word as they do for Llama.
            let end = text.endOfRun(from: word.lowerBound, limit: word.upperBound) { $0 == .whitespace }
            guard end == word.upperBound, !TextScanner.isLineBreak(text.bytes[end - 1]) else { return body(word) }
            forEachPower(in: word, of: text, body)
        }
    }

    /// The largest power of two that there is left, again and again; the last two characters stay together.
    private func forEachPower(in word: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        var left = text.countOfCharacters(in: word)
        var start = word.lowerBound
        while left > 0 {
            var count = 512
            while count > left, count > 4 { count /= 2 }
            if count > left { count = min(2, left) }
            var end = start
            for _ in 0..<count { end = text.scalar(at: end, limit: word.upperBound).end }
            body(start..<end)
            start = end
            left -= count
        }
    }
}
