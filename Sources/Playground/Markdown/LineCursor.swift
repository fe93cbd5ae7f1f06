/// A line of the answer: UTF-8 offsets.
struct SourceLine {
    var start: Int
    /// Where its text ends, before LF or CR LF.
    var end: Int
    /// Where the next line starts.
    var next: Int

    init(at start: Int, in bytes: [UInt8], limit: Int) {
        self.start = start
        var end = start
        while end < limit, bytes[end] != UInt8(ascii: "\n") { end += 1 }
        next = min(limit, end + 1)
        if end < limit, end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        self.end = end
    }
}

/// A place in a line, with the column it stands in. Tab stops stand four columns apart.
struct LineCursor {
    var position: Int
    var column: Int
    /// Where the line's text ends.
    let end: Int

    init(_ line: SourceLine) {
        position = line.start
        column = 0
        end = line.end
    }

    var isAtEnd: Bool { position >= end }

    mutating func advance(_ bytes: Int) {
        position += bytes
        column += bytes
    }

    /// Passes spaces and tabs that end at or before a column.
    mutating func skipBlanks(in bytes: [UInt8], upTo limit: Int = .max) {
        while position < end {
            let next: Int
            switch bytes[position] {
            case UInt8(ascii: " "): next = column + 1
            case UInt8(ascii: "\t"): next = column + 4 - column % 4
            default: return
            }
            guard next <= limit else { return }
            column = next
            position += 1
        }
    }

    /// The cursor behind the blanks.
    func pastBlanks(in bytes: [UInt8]) -> LineCursor {
        var cursor = self
        cursor.skipBlanks(in: bytes)
        return cursor
    }

    /// Passes the marks and the indentation of containers that began on lines above. A line goes on in a quote if it
    /// has the quote's mark, and in an item if it is indented or blank; nothing goes on by laziness, since models that
    /// leave the indentation mean to leave the list.
    /// - Returns: how many containers the line goes on in.
    mutating func enter(_ containers: [Container], in bytes: [UInt8]) -> Int {
        for (index, container) in containers.enumerated() {
            let text = pastBlanks(in: bytes)
            if container.isItem {
                guard text.isAtEnd || text.column >= container.neededColumn else { return index }
                skipBlanks(in: bytes, upTo: container.contentColumn)
            } else {
                guard text.isQuoteMark(in: bytes) else { return index }
                self = text
                passQuoteMark(in: bytes)
            }
        }
        return containers.count
    }

    mutating func passQuoteMark(in bytes: [UInt8]) {
        advance(1)
        skipBlanks(in: bytes, upTo: column + 1)
    }
}
