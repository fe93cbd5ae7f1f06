/// Llama 3's words: numbers in groups of up to three characters. GPT-4's are the same.
///
///     (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
///
/// llama.cpp's files of DBRX and others have the same words, but no more of what is special to Llama 3.
struct LlamaPretokenizer: Pretokenizer {
    static let llama = LlamaPretokenizer(
        names: [
            "llama-bpe", "llama3", "llama-v3", "falcon3", "falcon-h1", "pixtral", "midm-2.0", "lfm2", "jina-v5-nano",
        ],
        recipes: [.expression(PublishedExpression.lineAware(number: PublishedExpression.number))], isLlama: true)
    static let relatives = LlamaPretokenizer(
        names: ["dbrx", "smaug-bpe", "chatglm-bpe", "glm4"], recipes: [], isLlama: false)

    let names: [String]
    let recipes: [[PretokenizerStep]]
    private let isLlama: Bool

    var addsBeginningOfSequence: Bool { isLlama }
    var ignoresMerges: Bool { isLlama }

    private let words = LineAwareWords(longestNumber: 3)

    private init(names: [String], recipes: [[PretokenizerStep]], isLlama: Bool) {
        self.names = names
        self.recipes = recipes
        self.isLlama = isLlama
    }

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        words.forEachWord(in: range, of: text, body)
    }
}
