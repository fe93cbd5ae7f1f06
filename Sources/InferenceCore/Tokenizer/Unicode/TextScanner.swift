/// Reads UTF-8 bytes as classified characters, for pretokenizers to find words in.
///
/// A byte that begins no sequence counts as one unassigned character, so any bytes can be scanned and no byte is ever
/// lost or replaced.
struct TextScanner {
    struct Character {
        var kind: CharacterClass
        /// The offset just past the character.
        var end: Int
    }

    let bytes: UnsafeRawBufferPointer
    let classes = CharacterClassTable.standard

    /// What `scalar(at:limit:)` says of a byte that begins no sequence: no scalar value.
    static let noScalar = UInt32.max

    /// The character that starts at `offset`, which must be below `limit`; nothing from `limit` on is read.
    @inline(__always)
    func character(at offset: Int, limit: Int) -> Character {
        let first = bytes[offset]
        if first < 0x80 {
            return Character(kind: classes[UInt32(first)], end: offset + 1)
        }
        return wideCharacter(at: offset, limit: limit)
    }

    private func wideCharacter(at offset: Int, limit: Int) -> Character {
        let (scalar, end) = scalar(at: offset, limit: limit)
        return Character(kind: scalar == Self.noScalar ? .unassigned : classes[scalar], end: end)
    }

    /// The scalar value of the character that starts at `offset`, and where it ends.
    @inline(__always)
    func scalar(at offset: Int, limit: Int) -> (value: UInt32, end: Int) {
        let first = bytes[offset]
        if first < 0x80 { return (UInt32(first), offset + 1) }
        let length = UTF8Sequence.length(at: offset, of: bytes, limit: limit)
        guard length > 1 else { return (Self.noScalar, offset + 1) }
        // As many bits of the first byte as the length leaves.
        var scalar = UInt32(first) & (0x7F >> UInt32(length))
        for index in offset + 1..<offset + length { scalar = scalar << 6 | UInt32(bytes[index] & 0x3F) }
        return (scalar, offset + length)
    }

    /// The end of the run of characters from `offset` on whose class satisfies `belongs`.
    @inline(__always)
    func endOfRun(from offset: Int, limit: Int, where belongs: (CharacterClass) -> Bool) -> Int {
        var end = offset
        while end < limit {
            let next = character(at: end, limit: limit)
            guard belongs(next.kind) else { break }
            end = next.end
        }
        return end
    }

    /// The end of the run of characters from `offset` on whose scalar value satisfies `belongs`.
    @inline(__always)
    func endOfScalars(from offset: Int, limit: Int, where belongs: (UInt32) -> Bool) -> Int {
        var end = offset
        while end < limit {
            let next = scalar(at: end, limit: limit)
            guard belongs(next.value) else { break }
            end = next.end
        }
        return end
    }

    /// Cuts the range at every match of an expression, as `tokenizers`' "isolated" splits do: the matches and what lies
    /// between them are pieces of their own, none of them empty.
    ///
    /// - Parameter end: The end of the match that begins at an offset, or nil if none does; never empty.
    @inline(__always)
    func forEachPiece(
        in range: Range<Int>, matching end: (_ offset: Int, _ limit: Int) -> Int?, _ body: (Range<Int>) -> Void
    ) {
        var start = range.lowerBound
        var position = start
        while position < range.upperBound {
            guard let matchEnd = end(position, range.upperBound) else {
                position += UTF8Sequence.length(at: position, of: bytes, limit: range.upperBound)
                continue
            }
            if start < position { body(start..<position) }
            body(position..<matchEnd)
            start = matchEnd
            position = matchEnd
        }
        if start < range.upperBound { body(start..<range.upperBound) }
    }
}
