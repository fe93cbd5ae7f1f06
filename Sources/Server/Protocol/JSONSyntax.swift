/// Checks that a text is JSON, strictly, and says where it isn't: Foundation's decoder doesn't tell, and takes what
/// follows the first value for nothing. Source: RFC 8259.
struct JSONSyntax {
    /// Where a text stops to be JSON, and why.
    struct Fault: Error, Equatable, CustomStringConvertible {
        var line: Int
        /// In bytes, counted from 1.
        var column: Int
        var reason: String

        var description: String { "line \(line), column \(column): \(reason)" }
    }

    /// Arrays and objects within each other.
    static let deepest = 256

    let bytes: [UInt8]
    var position = 0
    private var depth = 0

    static func check(_ bytes: [UInt8]) throws(Fault) {
        var syntax = JSONSyntax(bytes: bytes)
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw Fault(line: 1, column: 1, reason: "the text is not UTF-8")
        }
        try syntax.value()
        guard syntax.next == nil else { throw syntax.fault("expected the end, found \(syntax.found)") }
    }

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// The next byte that isn't blank.
    var next: UInt8? {
        mutating get {
            while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
            return current
        }
    }

    mutating func value() throws(Fault) {
        switch next {
        case UInt8(ascii: "{"): try members()
        case UInt8(ascii: "["): try elements()
        case UInt8(ascii: "\""): try string()
        case UInt8(ascii: "t"): try word("true")
        case UInt8(ascii: "f"): try word("false")
        case UInt8(ascii: "n"): try word("null")
        case let byte? where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte): try number()
        default: throw fault("expected a value, found \(found)")
        }
    }

    private mutating func members() throws(Fault) {
        try descend()
        if next == UInt8(ascii: "}") { return ascend() }
        while true {
            guard next == UInt8(ascii: "\"") else { throw fault("expected a member's name, found \(found)") }
            try string()
            guard next == UInt8(ascii: ":") else { throw fault("expected ':', found \(found)") }
            position += 1
            try value()
            if try ends(with: UInt8(ascii: "}")) { return }
        }
    }

    private mutating func elements() throws(Fault) {
        try descend()
        if next == UInt8(ascii: "]") { return ascend() }
        while true {
            try value()
            if try ends(with: UInt8(ascii: "]")) { return }
        }
    }

    private mutating func descend() throws(Fault) {
        guard depth < Self.deepest else { throw fault("arrays and objects nest deeper than \(Self.deepest) levels") }
        depth += 1
        position += 1
    }

    private mutating func ascend() {
        depth -= 1
        position += 1
    }

    /// Steps over the bracket, or over a comma with something behind it.
    private mutating func ends(with bracket: UInt8) throws(Fault) -> Bool {
        switch next {
        case bracket:
            ascend()
            return true
        case UInt8(ascii: ","):
            position += 1
            return false
        default:
            throw fault("expected ',' or '\(Character(Unicode.Scalar(bracket)))', found \(found)")
        }
    }

    private mutating func word(_ word: String) throws(Fault) {
        for letter in word.utf8 {
            guard current == letter else { throw fault("expected \(word), found \(found)") }
            position += 1
        }
    }

    mutating func string() throws(Fault) {
        position += 1
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"):
                position += 1
                try escape()
            case ..<0x20: throw fault("expected an escaped control character, found \(found)")
            default: position += 1
            }
        }
        throw fault("expected the end of a string, found \(found)")
    }

    private mutating func escape() throws(Fault) {
        guard let byte = current, "\"\\/bfnrtu".utf8.contains(byte) else {
            throw fault("expected an escape, found \(found)")
        }
        position += 1
        guard byte == UInt8(ascii: "u") else { return }
        switch try codeUnit() {
        case 0xD800...0xDBFF:
            for letter in "\\u".utf8 {
                guard current == letter else { throw fault("expected the second half of a character, found \(found)") }
                position += 1
            }
            guard (0xDC00...0xDFFF).contains(try codeUnit()) else {
                throw fault("expected the second half of a character before this")
            }
        case 0xDC00...0xDFFF: throw fault("expected the first half of a character before its second")
        default: break
        }
    }

    /// Four hexadecimal digits.
    private mutating func codeUnit() throws(Fault) -> Int {
        var unit = 0
        for _ in 0..<4 {
            guard let digit = current.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
                throw fault("expected four hexadecimal digits, found \(found)")
            }
            unit = unit << 4 | digit
            position += 1
        }
        return unit
    }

    private mutating func number() throws(Fault) {
        if current == UInt8(ascii: "-") { position += 1 }
        if current == UInt8(ascii: "0") { position += 1 } else { try digits() }
        if current == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
    }

    private mutating func digits() throws(Fault) {
        guard let first = current, (0x30...0x39).contains(first) else {
            throw fault("expected a digit, found \(found)")
        }
        while let digit = current, (0x30...0x39).contains(digit) { position += 1 }
    }

    private var found: String {
        guard let current else { return "the end" }
        return (0x21...0x7E).contains(current) ? "'\(Character(Unicode.Scalar(current)))'" : "the byte \(current)"
    }

    private func fault(_ reason: String) -> Fault {
        let before = bytes[..<position]
        let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return Fault(
            line: 1 + before.count { $0 == 0x0A }, column: position - lineStart + 1, reason: reason)
    }
}
