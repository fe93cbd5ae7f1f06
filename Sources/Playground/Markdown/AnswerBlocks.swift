/// An answer in blocks, each of which is laid out only when it is asked for.
///
/// Finding the blocks is one pass over the bytes. Whatever arrives later, blocks that are settled stay what they are,
/// so a view may keep their lines. Nothing is lost or moved: the sources of all lines, in order, are the answer but for
/// Markdown's marks and for blanks at breaks.
struct AnswerBlocks: Sendable {
    enum Form: Sendable {
        /// Headings, lists, quotes, tables, code and emphasis are drawn.
        case markdown
        /// The text is shown as it was written.
        case raw
    }

    /// Consecutive, covering the whole answer.
    let blocks: [Block]
    /// How many blocks at the beginning no further text can change.
    let settledCount: Int

    private let bytes: [UInt8]
    /// Where the answer ends, without the blanks at its end.
    private let contentEnd: Int

    /// Line breaks at the beginning, the space of a first word, and blanks at the end mean nothing on a screen: they
    /// are blocks, or parts of one, without lines. O(n).
    init(_ answer: String, form: Form) {
        let text = Self.trimmed(answer)
        bytes = Array(answer.utf8)
        contentEnd = text.upperBound
        var scanner = BlockScanner(bytes)
        scanner.skip(0..<text.lowerBound)
        scanner.scan(from: text.lowerBound, raw: form == .raw)
        blocks = scanner.blocks
        // A line that isn't finished may yet go on in the block above it.
        let unsettled = bytes.last == UInt8(ascii: "\n") ? 1 : 2
        var settled = max(0, blocks.count - unsettled)
        // Nor are blanks at the end blanks at the end for good.
        while settled > 0, blocks[settled - 1].range.upperBound > contentEnd { settled -= 1 }
        settledCount = settled
    }

    /// The lines of one of the blocks, each at most so many columns wide unless a single character is wider. O(n) in
    /// the block's length, which is bounded but for tables and blank lines.
    func lines(of block: Block, columns: Int) -> [ShownLine] {
        guard block.range.lowerBound < contentEnd else { return [] }
        // What was skipped at the beginning.
        if block.kind == .blank, block.range.lowerBound == 0 { return [] }
        var layout = BlockLayout(of: block, in: bytes, contentEnd: contentEnd, columns: columns)
        return layout.lines()
    }

    private static func trimmed(_ answer: String) -> Range<Int> {
        guard let last = answer.lastIndex(where: { !$0.isWhitespace }) else {
            return answer.utf8.count..<answer.utf8.count
        }
        var first = answer.startIndex
        while answer[first].isNewline { first = answer.index(after: first) }
        if answer[first] == " " {
            let second = answer.index(after: first)
            if second == answer.endIndex || answer[second] != " " { first = second }
        }
        let start = answer.utf8.distance(from: answer.startIndex, to: first)
        let end = answer.utf8.distance(from: answer.startIndex, to: answer.index(after: last))
        return start..<max(start, end)
    }
}
