/// A short name for everything that something depends on: the same parts give the same name, on every machine. The 64-bit
/// FNV-1a hash (Fowler, Noll and Vo), for telling apart, not for secrecy.
public struct Fingerprint: Sendable {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    public init() {}

    public init(_ parts: String...) {
        for part in parts { add(part) }
    }

    /// Parts don't run into each other: "a", "bc" isn't "ab", "c".
    public mutating func add(_ part: String) {
        for byte in part.utf8 { add(byte) }
        // No byte of UTF-8.
        add(0xFF)
    }

    /// Sixteen hexadecimal digits.
    public var text: String {
        let digits = String(state, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private mutating func add(_ byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x100_0000_01B3
    }
}

extension Example {
    /// Names the text, whatever its place in the file.
    public var fingerprint: String { Fingerprint(id, text).text }
}
