/// Resolves a string literal's escapes as Python's `unicode-escape` codec does.
struct TemplateUnescaper {
    private let bytes: ArraySlice<UInt8>
    private var position: Int
    private var text = TemplateText()

    init(bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// The text; nil where an escape is malformed.
    mutating func run() -> TemplateText? {
        while position < bytes.endIndex {
            let byte = bytes[position]
            position += 1
            guard byte == UInt8(ascii: "\\") else {
                text.bytes.append(byte)
                continue
            }
            guard escape() else { return nil }
        }
        return text
    }

    private mutating func escape() -> Bool {
        guard position < bytes.endIndex else { return false }
        let letter = bytes[position]
        guard letter < 0x80 else {
            escapeBeforeNonASCII()
            return true
        }
        position += 1
        switch letter {
        case UInt8(ascii: "\n"): break
        case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): text.bytes.append(letter)
        case UInt8(ascii: "a"): text.bytes.append(0x07)
        case UInt8(ascii: "b"): text.bytes.append(0x08)
        case UInt8(ascii: "f"): text.bytes.append(0x0C)
        case UInt8(ascii: "n"): text.bytes.append(0x0A)
        case UInt8(ascii: "r"): text.bytes.append(0x0D)
        case UInt8(ascii: "t"): text.bytes.append(0x09)
        case UInt8(ascii: "v"): text.bytes.append(0x0B)
        case UInt8(ascii: "x"): return hexadecimal(digits: 2)
        case UInt8(ascii: "u"): return hexadecimal(digits: 4)
        case UInt8(ascii: "U"): return hexadecimal(digits: 8)
        case UInt8(ascii: "N"): return false
        case UInt8(ascii: "0")...UInt8(ascii: "7"): octal(first: letter)
        default: text.bytes += [UInt8(ascii: "\\"), letter]
        }
        return true
    }

    /// The codec sees characters beyond ASCII as escapes already, so a backslash before one quotes that escape's own
    /// backslash and its letters stay.
    private mutating func escapeBeforeNonASCII() {
        let all = Array(bytes[position...])
        var length = 0
        let scalar = TemplateText.scalar(in: all, at: &length)
        position += length
        let (letter, digits) = scalar < 0x100 ? ("x", 2) : scalar < 0x10000 ? ("u", 4) : ("U", 8)
        let value = String(scalar, radix: 16)
        text.append("\\" + letter + String(repeating: "0", count: digits - value.utf8.count) + value)
    }

    private mutating func hexadecimal(digits: Int) -> Bool {
        guard bytes.endIndex - position >= digits else { return false }
        var value: UInt32 = 0
        for byte in bytes[position..<position + digits] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return false }
            value = value << 4 | UInt32(digit)
        }
        guard value <= 0x10FFFF else { return false }
        position += digits
        text.append(scalar: value)
        return true
    }

    private mutating func octal(first: UInt8) {
        var value = UInt32(first - UInt8(ascii: "0"))
        var count = 1
        while count < 3, position < bytes.endIndex, (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(bytes[position]) {
            value = value * 8 + UInt32(bytes[position] - UInt8(ascii: "0"))
            position += 1
            count += 1
        }
        text.append(scalar: value)
    }
}
