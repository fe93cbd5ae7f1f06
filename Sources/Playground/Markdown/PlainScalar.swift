/// A scalar that is a character by itself unless a mark or a joiner follows, and whose width needs no table: most of
/// what is written. It spares most text the search for the borders of characters.
struct PlainScalar {
    var length: Int
    var columns: Int

    /// - Returns: nil for any other scalar.
    init?(at position: Int, end: Int, in bytes: [UInt8]) {
        let first = bytes[position]
        if first < 0x80 {
            guard first >= 0x20, first != 0x7F else { return nil }
            (length, columns) = (1, 1)
            return
        }
        let value: UInt32
        if first >= 0xC2, first < 0xE0, position + 1 < end {
            length = 2
            value = UInt32(first & 0x1F) << 6 | UInt32(bytes[position + 1] & 0x3F)
        } else if first >= 0xE0, first < 0xF0, position + 2 < end {
            length = 3
            value =
                UInt32(first & 0x0F) << 12 | UInt32(bytes[position + 1] & 0x3F) << 6
                | UInt32(bytes[position + 2] & 0x3F)
        } else {
            return nil
        }
        guard let columns = Self.columns(of: value) else { return nil }
        self.columns = columns
    }

    /// Whether a character surely begins here: a plain scalar, any of ASCII, or the end.
    static func isPlain(at position: Int, end: Int, in bytes: [UInt8]) -> Bool {
        guard position < end else { return true }
        return bytes[position] < 0x80 || PlainScalar(at: position, end: end, in: bytes) != nil
    }

    /// Columns of a scalar beyond ASCII, or nil if it isn't plain.
    static func columns(of value: UInt32) -> Int? {
        switch value {
        case 0xA0...0xAC, 0xAE...0x2FF,  // Latin
            0x370...0x482, 0x48A...0x52F,  // Greek, Cyrillic
            0x2010...0x2027, 0x2030...0x205E,  // punctuation
            0x2190...0x22FF, 0x2500...0x257F:  // arrows, operators, lines
            return 1
        case 0x3001...0x3029, 0x3041...0x3096, 0x30A1...0x30FF,  // Kana
            0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFF01...0xFF60:  // Han, Hangul, wide forms
            return 2
        default: return nil
        }
    }
}
