/// GPT-4o's words, which Llama 4 and others took over. See `CasedWords`.
///
/// llama.cpp's expression knows no case but that of ASCII's letters, and no marks.
struct GPT4oPretokenizer: Pretokenizer {
    static let openAI = GPT4oPretokenizer(
        names: ["gpt-4o", "llama4", "kanana2", "talkie", "minimax-m2"],
        recipes: [
            .expression(
                PublishedExpression.cased(
                    contractions: PublishedExpression.contractions + "?", number: PublishedExpression.number))
        ],
        ignoresMerges: false)
    static let granite = GPT4oPretokenizer(names: ["granite-embed-multi-97m"], recipes: [], ignoresMerges: true)

    let names: [String]
    let recipes: [[PretokenizerStep]]
    let ignoresMerges: Bool

    private let words = CasedWords(longestNumber: 3, keepsContractions: true)

    private init(names: [String], recipes: [[PretokenizerStep]], ignoresMerges: Bool) {
        self.names = names
        self.recipes = recipes
        self.ignoresMerges = ignoresMerges
    }

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        words.forEachWord(in: range, of: text, body)
    }
}
