extension JSONValue {
    /// How deep arrays and objects may nest unless the caller says otherwise.
    public static let defaultMaximumDepth = 512

    /// Reads one JSON document, strictly: no comments, no trailing commas, no byte order mark, valid UTF-8 only.
    ///
    /// An escaped surrogate without its partner becomes U+FFFD; of equal names in an object the last value wins, in the
    /// place of the first. Source: RFC 8259.
    ///
    /// - Parameter maximumDepth: How deep arrays and objects may nest.
    /// - Throws: ``JSONError`` with the line and column of the first offending byte.
    public init(
        parsing bytes: some Sequence<UInt8>, maximumDepth: Int = defaultMaximumDepth
    ) throws(JSONError) {
        var parser = JSONParser(bytes: Array(bytes), maximumDepth: maximumDepth)
        self = try parser.document()
    }

    /// Reads one JSON document from a string.
    public init(parsing text: String, maximumDepth: Int = defaultMaximumDepth) throws(JSONError) {
        try self.init(parsing: text.utf8, maximumDepth: maximumDepth)
    }
}

/// A recursive descent over the bytes of one document.
struct JSONParser {
    private let bytes: [UInt8]
    private let maximumDepth: Int
    private var position = 0
    private var depth = 0

    init(bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    mutating func document() throws(JSONError) -> JSONValue {
        skipWhitespace()
        let value = try value()
        skipWhitespace()
        guard position == bytes.count else { throw failure("expected the end of the document, found \(found)") }
        return value
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        guard let byte = current else { throw failure("expected a value, found \(found)") }
        switch byte {
        case UInt8(ascii: "{"): return .object(try object())
        case UInt8(ascii: "["): return .array(try array())
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "t"): return try literal("true", .boolean(true))
        case UInt8(ascii: "f"): return try literal("false", .boolean(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: throw failure("expected a value, found \(found)")
        }
    }

    private mutating func object() throws(JSONError) -> JSONObject {
        try descend()
        var object = JSONObject()
        if closes(with: UInt8(ascii: "}")) { return object }
        while true {
            guard current == UInt8(ascii: "\"") else { throw failure("expected a member's name, found \(found)") }
            let name = try string()
            skipWhitespace()
            guard current == UInt8(ascii: ":") else { throw failure("expected ':', found \(found)") }
            position += 1
            skipWhitespace()
            object[name] = try value()
            if try !continues(until: UInt8(ascii: "}")) { return object }
        }
    }

    private mutating func array() throws(JSONError) -> [JSONValue] {
        try descend()
        var elements: [JSONValue] = []
        if closes(with: UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value())
            if try !continues(until: UInt8(ascii: "]")) { return elements }
        }
    }

    /// Steps over an opening bracket.
    private mutating func descend() throws(JSONError) {
        guard depth < maximumDepth else {
            throw failure("arrays and objects nest deeper than \(maximumDepth) levels")
        }
        depth += 1
        position += 1
        skipWhitespace()
    }

    private mutating func closes(with bracket: UInt8) -> Bool {
        guard current == bracket else { return false }
        position += 1
        depth -= 1
        return true
    }

    /// Steps over a comma and says true, or over the closing bracket and says false.
    private mutating func continues(until bracket: UInt8) throws(JSONError) -> Bool {
        skipWhitespace()
        if closes(with: bracket) { return false }
        guard current == UInt8(ascii: ",") else {
            throw failure("expected ',' or '\(Character(Unicode.Scalar(bracket)))', found \(found)")
        }
        position += 1
        skipWhitespace()
        return true
    }

    private mutating func literal(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let length = word.utf8CodeUnitCount
        let matches = word.withUTF8Buffer { letters in
            bytes.count - position >= length && bytes[position..<position + length].elementsEqual(letters)
        }
        guard matches else { throw failure("expected \(word), found \(found)") }
        position += length
        return value
    }
}

// MARK: - Numbers

extension JSONParser {
    private mutating func number() throws(JSONError) -> JSONValue {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        if current == UInt8(ascii: "0") {
            position += 1
            if isDigit(current) { throw failure("a number may not begin with 0") }
        } else {
            try digits()
        }
        var isInteger = true
        if current == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isInteger = false
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let value = Int(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else {
            position = start
            throw failure("the number is beyond the range of a double")
        }
        return .double(value)
    }

    private mutating func digits() throws(JSONError) {
        guard isDigit(current) else { throw failure("expected a digit, found \(found)") }
        while isDigit(current) { position += 1 }
    }

    private func isDigit(_ byte: UInt8?) -> Bool {
        byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
    }
}

// MARK: - Strings

extension JSONParser {
    private mutating func string() throws(JSONError) -> String {
        position += 1
        var text: [UInt8] = []
        while true {
            let start = position
            while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
                position += 1
            }
            text += bytes[start..<position]
            switch current {
            case UInt8(ascii: "\""):
                guard let decoded = String(validating: text, as: UTF8.self) else {
                    throw failure("the string before this is not valid UTF-8")
                }
                position += 1
                return decoded
            case UInt8(ascii: "\\"):
                position += 1
                let scalar = try escape()
                text += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            case nil:
                throw failure("expected '\"', found the end of the document")
            default:
                throw failure("a control character in a string must be escaped")
            }
        }
    }

    private mutating func escape() throws(JSONError) -> Unicode.Scalar {
        guard let letter = current else { throw failure("expected an escape, found the end of the document") }
        let scalar: Unicode.Scalar
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scalar = Unicode.Scalar(letter)
        case UInt8(ascii: "b"): scalar = "\u{8}"
        case UInt8(ascii: "f"): scalar = "\u{C}"
        case UInt8(ascii: "n"): scalar = "\n"
        case UInt8(ascii: "r"): scalar = "\r"
        case UInt8(ascii: "t"): scalar = "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw failure("expected an escape, found \(found)")
        }
        position += 1
        return scalar
    }

    private mutating func unicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let unit = try codeUnit()
        if let scalar = Unicode.Scalar(unit) { return scalar }
        guard unit < 0xDC00, current == UInt8(ascii: "\\"), position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let afterFirst = position
        position += 1
        let next = try codeUnit()
        guard (0xDC00...0xDFFF).contains(next) else {
            // The second escape stands for itself.
            position = afterFirst
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (next - 0xDC00)) ?? "\u{FFFD}"
    }

    /// Reads `u` and four hexadecimal digits.
    private mutating func codeUnit() throws(JSONError) -> UInt32 {
        position += 1
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw failure("expected four hexadecimal digits, found \(found)")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }
}

// MARK: - Position

extension JSONParser {
    private var current: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func skipWhitespace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private var found: String {
        guard let byte = current else { return "the end of the document" }
        return (0x21...0x7E).contains(byte)
            ? "'\(Character(Unicode.Scalar(byte)))'" : "byte 0x\(String(byte, radix: 16, uppercase: true))"
    }

    private func failure(_ message: String) -> JSONError {
        let before = bytes[..<position]
        let line = before.count { $0 == 0x0A } + 1
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return JSONError(line: line, column: position - lineStart + 1, message: message)
    }
}
