import Screen

/// Lays one block out in a number of columns.
struct BlockLayout {
    let block: Block
    let bytes: [UInt8]
    /// Where the block's content ends, without the blanks at the answer's end.
    let end: Int
    let columns: Int
    var prefix: LinePrefix
    private var shown: [ShownLine] = []

    init(of block: Block, in bytes: [UInt8], contentEnd: Int, columns: Int) {
        self.block = block
        self.bytes = bytes
        end = min(block.range.upperBound, contentEnd)
        self.columns = max(1, columns)
        prefix = LinePrefix(of: block, in: bytes, columns: self.columns)
    }

    /// Columns right of the prefix.
    var room: Int { columns - prefix.columns }

    mutating func lines() -> [ShownLine] {
        switch block.kind {
        case .blank:
            let isQuoted = prefix.rest.contains { $0.role == .gutter }
            return [ShownLine(runs: isQuoted ? prefix.rest : [])]
        case .paragraph: addParagraph()
        case .heading(let level): addHeading(level: level)
        case .rule: addRule()
        case .code(let fence): addCode(fence)
        case .indentedCode: addIndentedCode()
        case .table: addTable()
        case .raw: addRaw()
        }
        return shown
    }

    /// The block's lines without what encloses them, each as the place where its text starts.
    func sourceLines() -> [LineCursor] {
        var cursors: [LineCursor] = []
        var position = block.range.lowerBound
        while position < end {
            let line = SourceLine(at: position, in: bytes, limit: end)
            var cursor = LineCursor(line)
            if cursors.isEmpty {
                cursor.advance(min(max(block.contentStart, line.start), line.end) - line.start)
            } else {
                _ = cursor.enter(block.containers, in: bytes)
            }
            cursors.append(cursor)
            position = line.next
        }
        return cursors
    }

    /// Adds a line that isn't broken, or not any more.
    mutating func add(_ runs: [ShownRun]) {
        shown.append(ShownLine(runs: (shown.isEmpty ? prefix.first : prefix.rest) + runs))
    }

    /// Units to begin the next line with: the marks that found no room, if it is the first.
    func startOfLine() -> LineUnits {
        var line = LineUnits()
        guard shown.isEmpty else { return line }
        for container in prefix.unplaced {
            let mark = LinePrefix.mark(of: container, in: bytes)
            if container.kind == .bullet {
                line.add(glyph: mark.text, role: mark.role, source: mark.source)
            } else {
                line.add(container.mark, role: mark.role, in: bytes)
            }
            line.addSpaces(1)
        }
        return line
    }

    /// Breaks a line and adds it.
    mutating func add(_ line: LineUnits) {
        var line = line
        for range in line.wrapped(columns: room) { add(line.runs(range, in: bytes)) }
    }

    private mutating func addParagraph() {
        let isListed = block.containers.last?.isItem == true
        let lines = sourceLines().map { cursor in
            let start = isListed ? cursor.pastBlanks(in: bytes) : cursor
            return start.position..<start.textEnd(in: bytes)
        }
        for pieces in InlineParser.pieces(of: lines, in: bytes, base: .answer) {
            var line = startOfLine()
            line.add(pieces, in: bytes)
            add(line)
        }
    }

    /// A heading keeps its "#", which say its level on any terminal; those behind it go.
    private mutating func addHeading(level: Int) {
        guard let cursor = sourceLines().first else { return }
        var line = startOfLine()
        var text = cursor
        text.advance(min(level, text.end - text.position))
        text.skipBlanks(in: bytes)
        var textEnd = text.textEnd(in: bytes)
        var closing = textEnd
        while closing > text.position, bytes[closing - 1] == UInt8(ascii: "#") { closing -= 1 }
        if closing == text.position || bytes[closing - 1] == UInt8(ascii: " ") {
            textEnd = closing
            while textEnd > text.position, bytes[textEnd - 1] == UInt8(ascii: " ") { textEnd -= 1 }
        }
        let marks = cursor.position + level + (text.position < textEnd ? 1 : 0)
        line.add(cursor.position..<marks, role: .muted, in: bytes)
        for pieces in InlineParser.pieces(of: [text.position..<textEnd], in: bytes, base: .heading) {
            line.add(pieces, in: bytes)
        }
        add(line)
    }

    /// A line across. Its first glyphs stand for the marks.
    private mutating func addRule() {
        guard let cursor = sourceLines().first else { return }
        var line = startOfLine()
        for index in cursor.position..<cursor.end where line.units.count < room && bytes[index] > 0x20 {
            line.add(glyph: "─", role: .gutter, source: index..<index + 1)
        }
        while line.units.count < room { line.add(glyph: "─", role: .gutter) }
        add(line)
    }

    private mutating func addRaw() {
        for cursor in sourceLines() {
            var line = LineUnits()
            line.add(cursor.position..<cursor.end, role: .answer, in: bytes)
            add(line)
        }
    }
}

extension LineCursor {
    /// Where the line's text ends, without the blanks behind it.
    func textEnd(in bytes: [UInt8]) -> Int {
        var end = end
        while end > position, bytes[end - 1] == UInt8(ascii: " ") || bytes[end - 1] == UInt8(ascii: "\t") { end -= 1 }
        return end
    }
}
