/// Finds the blocks of an answer, line by line. What a line is never depends on lines further down, but for the row of
/// dashes under a table's head.
struct BlockScanner {
    /// Quotes and items in each other; what is nested deeper is text.
    static let maximumDepth = 8
    /// Blocks take in no further lines from this length on, so that what is laid out at once stays small, in bytes.
    static let maximumBytes = 8_192
    /// Longer tables stop being one.
    static let maximumTableBytes = 65_536
    /// Longer lines are cut at the next blank, or at last so many bytes further on.
    static let maximumLineBytes = 16_384
    static let cutBytes = 256

    private let bytes: [UInt8]
    private(set) var blocks: [Block] = []
    /// What the next line may go on in.
    private var containers: [Container] = []
    /// Whether the last block takes in further lines.
    private var isOpen = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Takes bytes as a block without looking at them.
    mutating func skip(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        blocks.append(Block(kind: .blank, range: range, contentStart: range.lowerBound))
    }

    /// Finds the blocks from an offset on. O(n).
    mutating func scan(from start: Int, raw: Bool) {
        var position = start
        while position < bytes.count {
            let line = SourceLine(at: position, in: bytes, limit: bytes.count)
            if raw {
                add(.raw, line, from: line.start)
            } else {
                take(line)
            }
            position = line.next
        }
    }

    private mutating func take(_ line: SourceLine) {
        var cursor = LineCursor(line)
        let matched = cursor.enter(containers, in: bytes)
        if isOpen, case .code(var fence)? = blocks.last?.kind,
            !containers[matched...].contains(where: { $0.kind == .quote })
        {
            // Code in a list needn't keep the list's indentation: its fence says where it ends.
            let closes = cursor.closes(fence, in: bytes)
            add(.code(fence), line, from: cursor.position)
            if closes, let last = blocks.indices.last, case .code(let shown) = blocks[last].kind {
                fence = shown
                fence.isClosing = true
                blocks[last].kind = .code(fence)
                isOpen = false
            }
            return
        }
        let interrupts = isOpen && blocks.last?.kind == .paragraph && matched == containers.count
        if matched < containers.count {
            containers.removeSubrange(matched...)
            isOpen = false
        }
        if cursor.pastBlanks(in: bytes).isAtEnd { return add(.blank, line, from: cursor.position) }
        let continued = containers.count
        openContainers(at: &cursor, interrupting: interrupts)
        if containers.count > continued { isOpen = false }
        addLeaf(line, at: cursor, continued: continued)
    }

    private mutating func openContainers(at cursor: inout LineCursor, interrupting: Bool) {
        let continued = containers.count
        while containers.count < Self.maximumDepth {
            let text = cursor.pastBlanks(in: bytes)
            let isClose = text.column - cursor.column < 4 || containers.last?.isItem == true
            if isClose, text.isQuoteMark(in: bytes) {
                containers.append(
                    Container(
                        kind: .quote, mark: text.position..<text.position + 1, neededColumn: 0, contentColumn: 0))
                cursor = text
                cursor.passQuoteMark(in: bytes)
                continue
            }
            guard !text.isRule(in: bytes),
                let item = text.item(in: bytes, interrupting: interrupting && containers.count == continued)
            else { return }
            containers.append(item.container)
            cursor = item.text
        }
    }

    private mutating func addLeaf(_ line: SourceLine, at cursor: LineCursor, continued: Int) {
        let text = cursor.pastBlanks(in: bytes)
        let last = isOpen ? blocks.last?.kind : nil
        let isIndented = text.column - cursor.column >= 4 && containers.last?.isItem != true
        var kind = Block.Kind.paragraph
        var start = cursor.position
        if let fence = text.fence(in: bytes) {
            kind = .code(fence)
            start = text.position
            isOpen = false
        } else if isIndented, last != .paragraph {
            kind = .indentedCode
        } else if !isIndented, let level = text.headingLevel(in: bytes) {
            kind = .heading(level: level)
            start = text.position
        } else if !isIndented, text.isRule(in: bytes) {
            kind = .rule
            start = text.position
        } else if bytes[text.position..<text.end].contains(UInt8(ascii: "|")) {
            if last == .table || isTableHead(before: line.next) { kind = .table }
        }
        add(kind, line, from: start, continued: continued)
    }

    private func isTableHead(before next: Int) -> Bool {
        var cursor = LineCursor(SourceLine(at: next, in: bytes, limit: bytes.count))
        guard cursor.enter(containers, in: bytes) == containers.count else { return false }
        return cursor.pastBlanks(in: bytes).isDelimiterRow(in: bytes)
    }

    /// Adds a line to the open block if that is of its kind and has room, or as a new block.
    private mutating func add(_ kind: Block.Kind, _ line: SourceLine, from start: Int, continued: Int? = nil) {
        var kind = kind
        var joins =
            isOpen && blocks.last?.kind == kind && kind != .rule
            && (kind != .blank || blocks.last?.containers == containers)
        if case .heading = kind { joins = false }
        if joins, let last = blocks.last, kind != .blank {
            let limit = kind == .table ? Self.maximumTableBytes : Self.maximumBytes
            if last.range.count >= limit {
                joins = false
                kind = last.continuation
            }
        }
        if joins, let last = blocks.indices.last {
            blocks[last].range = blocks[last].range.lowerBound..<line.next
        } else {
            blocks.append(
                Block(
                    kind: kind, range: line.start..<line.next, contentStart: start, containers: containers,
                    continued: continued ?? containers.count))
        }
        isOpen = true
        if kind != .blank, kind != .rule { cut(line, from: start) }
    }

    /// Goes on in new blocks where a line is too long.
    private mutating func cut(_ line: SourceLine, from start: Int) {
        var start = start
        while line.end - start > Self.maximumLineBytes + Self.cutBytes, let last = blocks.last {
            let kind = last.continuation
            let earliest = start + Self.maximumLineBytes
            let blank = bytes[earliest..<earliest + Self.cutBytes].firstIndex { $0 == 0x20 || $0 == 0x09 }
            var end = blank ?? earliest + Self.cutBytes
            while bytes[end] & 0xC0 == 0x80 { end -= 1 }
            blocks[blocks.count - 1].range = last.range.lowerBound..<end
            // A paragraph's blank vanishes here as at any break.
            start = blank != nil && kind == .paragraph ? end + 1 : end
            blocks.append(
                Block(
                    kind: kind, range: end..<line.next, contentStart: start, containers: containers,
                    continued: containers.count))
        }
    }
}
