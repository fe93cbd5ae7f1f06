/// Bloom's words: everything but whitespace and the marks that end clauses in many scripts, with a space before it.
///
///     ?[^(\s|[.,!?…。，、।۔،])]+    (a space stands before the question mark)
struct BloomPretokenizer: Pretokenizer {
    let names = ["bloom", "gpt3-finnish", "poro-chat"]
    let recipes: [[PretokenizerStep]] = [.expression(Self.expression)]

    static let expression = #" ?[^(\s|[.,!?…。，、।۔،])]+"#

    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void) {
        text.forEachPiece(in: range, matching: { Self.endOfWord(at: $0, limit: $1, in: text) }, body)
    }

    static func endOfWord(at start: Int, limit: Int, in text: TextScanner) -> Int? {
        let first = text.bytes[start] == UInt8(ascii: " ") ? start + 1 : start
        let end = text.endOfScalars(from: first, limit: limit) { !separates($0, text) }
        return end > first ? end : nil
    }

    private static func separates(_ scalar: UInt32, _ text: TextScanner) -> Bool {
        switch scalar {
        case 0x28, 0x29, 0x7C, 0x2E, 0x2C, 0x21, 0x3F, 0x2026, 0x3002, 0xFF0C, 0x3001, 0x964, 0x6D4, 0x60C: true
        default: text.classes[scalar] == .whitespace
        }
    }
}
