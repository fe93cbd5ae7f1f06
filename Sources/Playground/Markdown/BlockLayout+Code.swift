import Screen

extension BlockLayout {
    /// Code keeps its lines and its blanks, with a line beside it; what its opening fence says stands above it.
    mutating func addCode(_ fence: Fence) {
        var lines = sourceLines()
        prefix.addGutter()
        var isEmpty = true
        if fence.isOpening, !lines.isEmpty {
            var info = lines.removeFirst()
            info.advance(min(fence.length, info.end - info.position))
            info.skipBlanks(in: bytes)
            let range = info.position..<info.textEnd(in: bytes)
            if !range.isEmpty || !prefix.unplaced.isEmpty {
                var line = startOfLine()
                line.add(range, role: .muted, in: bytes)
                add(line)
                isEmpty = false
            }
        }
        if fence.isClosing, !lines.isEmpty { lines.removeLast() }
        for cursor in lines {
            var text = cursor
            text.skipBlanks(in: bytes, upTo: max(text.column, fence.column))
            addCodeLine(text.position..<text.end)
            isEmpty = false
        }
        // A block that has no line yet is seen all the same.
        if isEmpty, fence.isOpening { add([]) }
    }

    /// Lines indented by four columns lose them.
    mutating func addIndentedCode() {
        prefix.addGutter()
        for cursor in sourceLines() {
            var text = cursor
            text.skipBlanks(in: bytes, upTo: text.column + 4)
            addCodeLine(text.position..<text.end)
        }
    }

    private mutating func addCodeLine(_ range: Range<Int>) {
        var line = startOfLine()
        line.add(range, role: .code, in: bytes)
        for range in line.chopped(columns: room) { add(line.runs(range, in: bytes)) }
    }
}
