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

/// The tokens `<0x00>` to `<0xFF>`, by which SentencePiece writes what it has no other token for.
enum ByteToken {
    static func name(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return Array("<0x".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 0xF)], UInt8(ascii: ">")]
    }

    static func byte(_ name: ArraySlice<UInt8>) -> UInt8? {
        guard name.count == 6, name.starts(with: "<0x".utf8), name.last == UInt8(ascii: ">") else { return nil }
        return UInt8(String(decoding: name.dropFirst(3).prefix(2), as: UTF8.self), radix: 16)
    }
}
