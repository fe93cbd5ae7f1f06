/// A string as Python sees it: a sequence of code points, equal only to the same code points.
///
/// Held as UTF-8, so equality and order of the bytes are those of the code points. Lone surrogates, which escapes in a
/// template can make, are held as their three bytes and repaired when the text leaves the template.
struct TemplateText: Sendable {
    var bytes: [UInt8]
    /// Whether the text passed `escape` or `safe`: what is joined to it is escaped for HTML.
    var isMarkup = false

    init(bytes: [UInt8] = [], isMarkup: Bool = false) {
        self.bytes = bytes
        self.isMarkup = isMarkup
    }

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = Array(bytes)
    }

    init(scalars: some Sequence<UInt32>) {
        bytes = []
        for scalar in scalars { append(scalar: scalar) }
    }

    /// The text for the outside: what is not valid UTF-8 becomes U+FFFD.
    var string: String {
        String(decoding: bytes, as: UTF8.self)
    }

    var isEmpty: Bool { bytes.isEmpty }

    /// The number of code points.
    var count: Int {
        bytes.count { $0 & 0xC0 != 0x80 }
    }

    /// The code points.
    var scalars: [UInt32] {
        var scalars: [UInt32] = []
        scalars.reserveCapacity(bytes.count)
        var position = 0
        while position < bytes.count { scalars.append(Self.scalar(in: bytes, at: &position)) }
        return scalars
    }

    /// The code point that begins at `position`, which moves behind it.
    static func scalar(in bytes: [UInt8], at position: inout Int) -> UInt32 {
        let lead = UInt32(bytes[position])
        let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var scalar = length == 1 ? lead : lead & (0x7F >> UInt32(length))
        let end = min(position + length, bytes.count)
        position += 1
        while position < end {
            scalar = scalar << 6 | UInt32(bytes[position] & 0x3F)
            position += 1
        }
        return scalar
    }

    mutating func append(scalar: UInt32) {
        switch scalar {
        case ..<0x80: bytes.append(UInt8(scalar))
        case ..<0x800: bytes += [0xC0 | UInt8(scalar >> 6), continuation(scalar)]
        case ..<0x10000: bytes += [0xE0 | UInt8(scalar >> 12), continuation(scalar >> 6), continuation(scalar)]
        default:
            bytes += [
                0xF0 | UInt8(scalar >> 18 & 7), continuation(scalar >> 12), continuation(scalar >> 6),
                continuation(scalar),
            ]
        }
    }

    private func continuation(_ bits: UInt32) -> UInt8 {
        0x80 | UInt8(bits & 0x3F)
    }

    mutating func append(_ text: TemplateText) {
        bytes += text.bytes
    }

    mutating func append(_ text: String) {
        bytes += text.utf8
    }

    static func + (left: TemplateText, right: TemplateText) -> TemplateText {
        TemplateText(bytes: left.bytes + right.bytes)
    }

    /// The same text without the mark of `safe` or `escape`.
    var unmarked: TemplateText {
        TemplateText(bytes: bytes)
    }
}

extension TemplateText: Hashable, Comparable {
    static func == (left: TemplateText, right: TemplateText) -> Bool {
        left.bytes == right.bytes
    }

    static func < (left: TemplateText, right: TemplateText) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(bytes)
    }
}

extension TemplateText: ExpressibleByStringLiteral {
    init(stringLiteral value: String) {
        self.init(value)
    }
}
