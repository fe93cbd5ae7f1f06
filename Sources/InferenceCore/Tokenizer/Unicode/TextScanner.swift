/// Reads UTF-8 bytes as classified characters, for pretokenizers to find words in.
///
/// A byte that begins no well-formed sequence counts as one character of class `other`, so any bytes can be scanned
/// and no byte is ever lost or replaced. Sequences are checked for their shape only: an encoded surrogate is one
/// character, as it is for llama.cpp.
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
        let length: Int
        var scalar: UInt32
        switch first {
        case 0xC0...0xDF: (length, scalar) = (2, UInt32(first & 0x1F))
        case 0xE0...0xEF: (length, scalar) = (3, UInt32(first & 0x0F))
        case 0xF0...0xF7: (length, scalar) = (4, UInt32(first & 0x07))
        default: return Character(kind: .other, end: offset + 1)
        }
        guard limit - offset >= length else { return Character(kind: .other, end: offset + 1) }
        for index in offset + 1..<offset + length {
            let byte = bytes[index]
            guard byte & 0xC0 == 0x80 else { return Character(kind: .other, end: offset + 1) }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
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
