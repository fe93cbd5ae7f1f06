/// Viking's words: Bloom's, of which each number character is cut out.
///
///     ?[^(\s|[.,!?…。，、।۔،])]+    (a space stands before the question mark)
///     \p{N}
struct VikingPretokenizer: Pretokenizer {
    let names = ["viking"]
    let recipes: [[PretokenizerStep]] = [
        [.split(BloomPretokenizer.expression), .digits(individually: true), .byteLevel(usesWords: false)],
        [.split(BloomPretokenizer.expression), .split(#"\p{N}"#), .byteLevel(usesWords: false)],
    ]

    private let words = BloomPretokenizer()

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        words.forEachWord(in: range, of: text) { word in
            text.forEachNumberPiece(in: word, longest: 1) { piece, _ in body(piece) }
        }
    }
}
