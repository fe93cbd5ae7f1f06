/// U+2581, which stands for a space in SentencePiece's tokens.
enum SpaceMark {
    static let utf8: [UInt8] = [0xE2, 0x96, 0x81]

    /// Whether the mark is at `offset` of the bytes, which must have room for it.
    @inline(__always)
    static func begins(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        bytes[offset] == 0xE2 && bytes[offset + 1] == 0x96 && bytes[offset + 2] == 0x81
    }

    /// Appends the bytes with each space written as the mark.
    static func escape(_ bytes: Slice<UnsafeRawBufferPointer>, into output: inout [UInt8]) {
        var rest = bytes
        while let space = rest.firstIndex(of: UInt8(ascii: " ")) {
            output.append(contentsOf: rest[..<space])
            output.append(contentsOf: utf8)
            rest = rest[(space + 1)...]
        }
        output.append(contentsOf: rest)
    }

    /// Appends the bytes with each mark written as a space.
    static func unescape(_ bytes: UnsafeRawBufferPointer, into output: inout [UInt8]) {
        var index = 0
        while index < bytes.count {
            let isMark = index + utf8.count <= bytes.count && begins(bytes, at: index)
            output.append(isMark ? UInt8(ascii: " ") : bytes[index])
            index += isMark ? utf8.count : 1
        }
    }
}
