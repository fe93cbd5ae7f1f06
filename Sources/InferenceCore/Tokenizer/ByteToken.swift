/// The tokens `<0x00>` to `<0xFF>`, by which SentencePiece writes what it has no other token for.
enum ByteToken {
    private static let digits = Array("0123456789ABCDEF".utf8)

    static func name(_ byte: UInt8) -> [UInt8] {
        Array("<0x".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 0xF)], UInt8(ascii: ">")]
    }

    /// The byte of such a name, or nil for any other.
    static func byte(_ name: UnsafeRawBufferPointer) -> UInt8? {
        guard name.count == 6, name[0] == UInt8(ascii: "<"), name[1] == UInt8(ascii: "0"), name[2] == UInt8(ascii: "x"),
            name[5] == UInt8(ascii: ">"), let high = digit(name[3]), let low = digit(name[4])
        else { return nil }
        return high << 4 | low
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
