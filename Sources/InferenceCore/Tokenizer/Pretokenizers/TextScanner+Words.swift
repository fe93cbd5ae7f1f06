/// Pieces of the regular expressions that the pretokenizer families share.
extension TextScanner {
    /// The end of `'s|'t|'re|'ve|'m|'ll|'d` at `offset`, or nil. Without regard to case, U+017F is an s too.
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
            guard ignoringCase, offset + 2 < limit, bytes[offset + 1] == 0xC5, bytes[offset + 2] == 0xBF else {
                return nil
            }
            return offset + 3
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

    /// The end of `\s?` and a run of characters that satisfy `belongs`, or nil where there is no such run.
    @inline(__always)
    func endOfSpacedRun(at offset: Int, limit: Int, where belongs: (CharacterClass) -> Bool) -> Int? {
        let first = character(at: offset, limit: limit)
        if belongs(first.kind) { return endOfRun(from: first.end, limit: limit, where: belongs) }
        guard first.kind == .whitespace else { return nil }
        let end = endOfRun(from: first.end, limit: limit, where: belongs)
        return end > first.end ? end : nil
    }

    /// The end of at most `count` number characters from `offset` on; `offset` itself where there is none.
    @inline(__always)
    func endOfNumber(from offset: Int, limit: Int, longest count: Int) -> Int {
        var end = offset
        var found = 0
        while found < count, end < limit {
            let next = character(at: end, limit: limit)
            guard next.kind.isNumber else { break }
            end = next.end
            found += 1
        }
        return end
    }

    /// Cuts `\p{N}{1,longest}` out of the range, one after another.
    @inline(__always)
    func forEachNumberPiece(
        in range: Range<Int>, longest: Int, _ body: (_ piece: Range<Int>, _ isNumber: Bool) -> Void
    ) {
        var start = range.lowerBound
        while start < range.upperBound {
            let number = endOfRun(from: start, limit: range.upperBound) { !$0.isNumber }
            if start < number { body(start..<number, false) }
            guard number < range.upperBound else { return }
            start = endOfNumber(from: number, limit: range.upperBound, longest: longest)
            body(number..<start, true)
        }
    }

    static func isLineBreak(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }
}
