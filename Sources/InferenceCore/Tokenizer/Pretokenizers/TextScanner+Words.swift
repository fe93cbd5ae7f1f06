/// Pieces of the regular expressions that the pretokenizer families share.
extension TextScanner {
    /// The end of `'s|'t|'re|'ve|'m|'ll|'d` at `offset`, or nil. Only ASCII letters match without regard to case.
    func endOfContraction(at offset: Int, limit: Int, ignoringCase: Bool) -> Int? {
        guard bytes[offset] == UInt8(ascii: "'"), offset + 1 < limit else { return nil }
        let caseBit: UInt8 = ignoringCase ? 0x20 : 0
        let second = bytes[offset + 1] | caseBit
        switch second {
        case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
            return offset + 2
        case UInt8(ascii: "r"), UInt8(ascii: "v"), UInt8(ascii: "l"):
            guard offset + 2 < limit else { return nil }
            let third = bytes[offset + 2] | caseBit
            let expected = second == UInt8(ascii: "l") ? UInt8(ascii: "l") : UInt8(ascii: "e")
            return third == expected ? offset + 3 : nil
        default:
            return nil
        }
    }

    /// The end of `\s+(?!\S)|\s+` at `offset`, which holds whitespace: the whole run where the text ends, otherwise
    /// all but the last character, which the next word may want as its leading space.
    func endOfWhitespace(from offset: Int, limit: Int) -> Int {
        var end = offset
        var lastStart = offset
        while end < limit {
            let next = character(at: end, limit: limit)
            guard next.kind == .whitespace else { break }
            lastStart = end
            end = next.end
        }
        return end == limit || lastStart == offset ? end : lastStart
    }

    /// The end of `\s*[\r\n]+|\s+(?!\S)|\s+` at `offset`, which holds whitespace.
    func endOfWhitespaceOrLines(from offset: Int, limit: Int) -> Int {
        let end = endOfRun(from: offset, limit: limit) { $0 == .whitespace }
        if let lastBreak = bytes[offset..<end].lastIndex(where: Self.isLineBreak) { return lastBreak + 1 }
        return endOfWhitespace(from: offset, limit: limit)
    }

    static func isLineBreak(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}
