/// Where characters end in bytes that may not be UTF-8.
enum UTF8Sequence {
    /// How many bytes the character takes that begins at `offset`, below `limit`: 1 for a byte that begins none.
    ///
    /// Sequences are checked for their shape only: an encoded surrogate is one character, as it is for llama.cpp.
    @inline(__always)
    static func length(at offset: Int, of bytes: UnsafeRawBufferPointer, limit: Int) -> Int {
        let length: Int
        switch bytes[offset] {
        case 0xC0...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF7: length = 4
        default: return 1
        }
        guard limit - offset >= length else { return 1 }
        for index in offset + 1..<offset + length where !isContinuation(bytes[index]) { return 1 }
        return length
    }

    /// Whether the byte goes on with a sequence.
    @inline(__always)
    static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
