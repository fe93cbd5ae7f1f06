/// What a line's text begins with. The rules are CommonMark's (spec.commonmark.org, 0.31) and GitHub's for tables and
/// tasks, made stricter where models mean something else. The cursor stands behind the line's blanks.
extension LineCursor {
    private func byte(_ offset: Int, in bytes: [UInt8]) -> UInt8? {
        position + offset < end ? bytes[position + offset] : nil
    }

    /// How often a byte is repeated from here.
    private func count(of byte: UInt8, in bytes: [UInt8]) -> Int {
        var count = 0
        while position + count < end, bytes[position + count] == byte { count += 1 }
        return count
    }

    /// ">", but neither ">=" nor a prompt of Python's, ">>>".
    func isQuoteMark(in bytes: [UInt8]) -> Bool {
        guard byte(0, in: bytes) == UInt8(ascii: ">") else { return false }
        let next = byte(1, in: bytes)
        return next != UInt8(ascii: ">") && next != UInt8(ascii: "=")
    }

    /// The level of a heading, "#" to "######" before a blank.
    func headingLevel(in bytes: [UInt8]) -> Int? {
        let level = count(of: UInt8(ascii: "#"), in: bytes)
        guard (1...6).contains(level), Self.isBlankOrEnd(byte(level, in: bytes)) else { return nil }
        return level
    }

    /// Three or more of "-", "*" or "_", blanks between them, and nothing else.
    func isRule(in bytes: [UInt8]) -> Bool {
        guard let mark = byte(0, in: bytes), mark == 0x2D || mark == 0x2A || mark == 0x5F else { return false }
        var count = 0
        for index in position..<end {
            if bytes[index] == mark { count += 1 } else if !Self.isBlankOrEnd(bytes[index]) { return false }
        }
        return count >= 3
    }

    /// Three or more "`" or "~". What follows backticks has none, or it would be a code span.
    func fence(in bytes: [UInt8]) -> Fence? {
        guard let mark = byte(0, in: bytes), mark == 0x60 || mark == 0x7E else { return nil }
        let length = count(of: mark, in: bytes)
        guard length >= 3 else { return nil }
        if mark == 0x60, bytes[position + length..<end].contains(mark) { return nil }
        return Fence(character: mark, length: length, column: column)
    }

    func closes(_ fence: Fence, in bytes: [UInt8]) -> Bool {
        var cursor = pastBlanks(in: bytes)
        let length = cursor.count(of: fence.character, in: bytes)
        guard length >= fence.length else { return false }
        cursor.advance(length)
        return cursor.pastBlanks(in: bytes).isAtEnd
    }

    /// A row like "|:--|--:|" below a table's head.
    func isDelimiterRow(in bytes: [UInt8]) -> Bool {
        var hasBar = false
        var hasDash = false
        for index in position..<end {
            switch bytes[index] {
            case UInt8(ascii: "|"): hasBar = true
            case UInt8(ascii: "-"): hasDash = true
            case UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "\t"): break
            default: return false
            }
        }
        return hasBar && hasDash
    }

    /// A list item's mark: "-", "*", "+", "1." or "1)" before a blank.
    /// - Parameter interrupting: whether the line above is a paragraph's, which only an item with text ends, and only
    ///   the first of numbered ones.
    /// - Returns: the item, and the cursor where its text starts.
    func item(in bytes: [UInt8], interrupting: Bool) -> (container: Container, text: LineCursor)? {
        var length = 0
        while length < 9, let digit = byte(length, in: bytes), Self.isDigit(digit) { length += 1 }
        let isNumber = length > 0
        switch byte(length, in: bytes) {
        case UInt8(ascii: "."), UInt8(ascii: ")"):
            guard isNumber else { return nil }
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
            guard !isNumber else { return nil }
        default: return nil
        }
        length += 1
        guard Self.isBlankOrEnd(byte(length, in: bytes)) else { return nil }

        var text = self
        text.advance(length)
        let past = text.pastBlanks(in: bytes)
        if interrupting, past.isAtEnd || isNumber && !(length == 2 && bytes[position] == UInt8(ascii: "1")) {
            return nil
        }
        // Text that stands further off is indented within the item.
        let contentColumn = past.isAtEnd || past.column - text.column > 4 ? text.column + 1 : past.column
        text.skipBlanks(in: bytes, upTo: contentColumn)
        var container = Container(
            kind: isNumber ? .number : .bullet, mark: position..<position + length,
            neededColumn: min(contentColumn, column + 2), contentColumn: contentColumn)
        if text.isTaskBox(in: bytes) {
            container.kind = .task
            container.mark = text.position..<text.position + 3
            text.advance(3)
            text.skipBlanks(in: bytes)
        }
        return (container, text)
    }

    private func isTaskBox(in bytes: [UInt8]) -> Bool {
        guard let mark = byte(1, in: bytes) else { return false }
        return byte(0, in: bytes) == UInt8(ascii: "[") && byte(2, in: bytes) == UInt8(ascii: "]")
            && (mark == UInt8(ascii: " ") || mark | 0x20 == UInt8(ascii: "x")) && Self.isBlankOrEnd(byte(3, in: bytes))
    }

    private static func isBlankOrEnd(_ byte: UInt8?) -> Bool { byte == nil || byte == 0x20 || byte == 0x09 }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
