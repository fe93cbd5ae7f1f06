/// A stretch of an answer that is laid out by itself.
struct Block: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        /// Blank lines, shown as one.
        case blank
        case paragraph
        case heading(level: Int)
        case rule
        /// Lines of a fenced code block, its fences among them.
        case code(Fence)
        /// Lines indented by four columns or more.
        case indentedCode
        case table
        /// Lines that are shown as they are written.
        case raw
    }

    var kind: Kind
    /// UTF-8 offsets of its lines, what encloses them and their line feeds included.
    var range: Range<Int>
    /// Where the first line's content begins, behind the marks of its containers.
    var contentStart: Int
    /// The quotes and list items around it, outermost first.
    var containers: [Container] = []
    /// How many containers had begun before; the others' marks stand on its first line.
    var continued = 0

    /// What goes on where a block of this kind becomes too long.
    var continuation: Kind {
        switch kind {
        case .code(var fence):
            fence.isOpening = false
            return .code(fence)
        case .indentedCode, .raw: return kind
        default: return .paragraph
        }
    }
}

/// A block quote or a list item.
struct Container: Equatable, Sendable {
    enum Kind: Equatable, Sendable { case quote, bullet, number, task }

    var kind: Kind
    /// The mark as it is shown: the bullet, the number with its period, or a task's box. UTF-8 offsets.
    var mark: Range<Int>
    /// Lines that are indented this far belong to the item, columns from the left.
    var neededColumn: Int
    /// Where the item's text stands.
    var contentColumn: Int

    var isItem: Bool { kind != .quote }
    /// Columns that the mark takes when shown, with the space behind it.
    var shownColumns: Int { kind == .quote || kind == .bullet ? 2 : mark.count + 1 }
}

/// What opens a fenced code block.
struct Fence: Equatable, Sendable {
    var character: UInt8
    var length: Int
    /// How far the fence is indented; the lines below lose as much.
    var column: Int
    /// Whether the block's first line is the opening fence.
    var isOpening = true
    /// Whether the block's last line is the closing fence.
    var isClosing = false
}
