/// U+2581, which stands for a space in SentencePiece's tokens.
enum SpaceMark {
    static let utf8: [UInt8] = [0xE2, 0x96, 0x81]

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

    /// The bytes with each mark written as a space.
    static func unescape(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var rest = bytes
        while let first = rest.first {
            let isMark = rest.starts(with: utf8)
            output.append(isMark ? UInt8(ascii: " ") : first)
            rest = rest.dropFirst(isMark ? utf8.count : 1)
        }
        return output
    }
}
