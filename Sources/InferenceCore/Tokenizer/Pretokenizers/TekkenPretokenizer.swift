/// Tekken's words, Mistral Nemo's: as GPT-4o's, without contractions, and each number character stands alone.
///
///     [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+
///     |[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*
///     |\p{N}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
///
/// llama.cpp's expression knows no case but that of ASCII's letters, and no marks.
struct TekkenPretokenizer: Pretokenizer {
    let names = ["tekken"]
    let recipes: [[PretokenizerStep]] = [
        .expression(PublishedExpression.cased(contractions: "", number: #"\p{N}"#))
    ]
    let addsBeginningOfSequence = true
    let ignoresMerges = true

    private let words = CasedWords(longestNumber: 1, keepsContractions: false)

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        words.forEachWord(in: range, of: text, body)
    }
}
