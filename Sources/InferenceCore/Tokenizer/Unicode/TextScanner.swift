/// Reads UTF-8 bytes as classified characters, for pretokenizers to find words in.
///
/// A byte that begins no sequence counts as one character of class `other`, so any bytes can be scanned and no byte is
/// ever lost or replaced.
struct TextScanner {
    struct Character {
        var kind: CharacterClass
        /// The offset just past the character.
        var end: Int
    }

    let bytes: UnsafeRawBufferPointer
    let classes = CharacterClassTable.standard

    /// The character that starts at `offset`, which must be below `limit`; nothing from `limit` on is read.
    @inline(__always)
    func character(at offset: Int, limit: Int) -> Character {
        let first = bytes[offset]
        if first < 0x80 {
            return Character(kind: classes[UInt32(first)], end: offset + 1)
        }
        return wideCharacter(first, at: offset, limit: limit)
    }

    private func wideCharacter(_ first: UInt8, at offset: Int, limit: Int) -> Character {
        let length = UTF8Sequence.length(at: offset, of: bytes, limit: limit)
        guard length > 1 else { return Character(kind: .other, end: offset + 1) }
        // As many bits of the first byte as the length leaves.
        var scalar = UInt32(first) & (0x7F >> UInt32(length))
        for index in offset + 1..<offset + length { scalar = scalar << 6 | UInt32(bytes[index] & 0x3F) }
        return Character(kind: classes[scalar], end: offset + length)
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
}
