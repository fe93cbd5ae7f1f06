/// `str.format`: replacement fields in braces.
extension TemplateInterpreter {
    func braceFormat(_ format: TemplateText, _ arguments: TemplateArguments) throws(ChatTemplateError) -> TemplateText {
        var formatter = TemplateBraceFormatter(
            arguments: arguments, interpreter: self, escapes: format.isMarkup)
        var result = try formatter.expand(format.bytes[...], level: 0)
        result.isMarkup = format.isMarkup
        return result
    }
}

/// One pass over a format string; fields without a number count up through it.
private struct TemplateBraceFormatter {
    let arguments: TemplateArguments
    let interpreter: TemplateInterpreter
    /// Whether what fills the fields is escaped for HTML.
    let escapes: Bool
    private var nextIndex = 0
    private var numbersItself = false
    private var numbersManually = false

    init(arguments: TemplateArguments, interpreter: TemplateInterpreter, escapes: Bool) {
        self.arguments = arguments
        self.interpreter = interpreter
        self.escapes = escapes
    }

    private func failure(_ message: String) -> ChatTemplateError {
        interpreter.failure(.value, message)
    }

    mutating func expand(_ bytes: ArraySlice<UInt8>, level: Int) throws(ChatTemplateError) -> TemplateText {
        guard level <= 2 else { throw failure("fields of a format nest too deep") }
        var result = TemplateText()
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let byte = bytes[position]
            let next = position + 1 < bytes.endIndex ? bytes[position + 1] : nil
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "}"):
                if next == byte {
                    result.bytes.append(byte)
                    position += 2
                } else if byte == UInt8(ascii: "{") {
                    let end = try endOfField(bytes, from: position + 1)
                    let text = try field(bytes[(position + 1)..<end], level: level)
                    try interpreter.allocate(bytes: text.bytes.count)
                    result.append(text)
                    try interpreter.checkLength(of: result)
                    position = end + 1
                } else {
                    throw failure("single '}' encountered in format string")
                }
            default:
                result.bytes.append(byte)
                position += 1
            }
        }
        return result
    }

    private func endOfField(_ bytes: ArraySlice<UInt8>, from start: Int) throws(ChatTemplateError) -> Int {
        var depth = 0
        var isInBrackets = false
        for index in start..<bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "[") where depth == 0: isInBrackets = true
            case UInt8(ascii: "]"): isInBrackets = false
            case UInt8(ascii: "{") where !isInBrackets: depth += 1
            case UInt8(ascii: "}") where !isInBrackets:
                if depth == 0 { return index }
                depth -= 1
            default: break
            }
        }
        throw failure("expected '}' before end of string")
    }

    private mutating func field(_ bytes: ArraySlice<UInt8>, level: Int) throws(ChatTemplateError) -> TemplateText {
        var nameEnd = bytes.startIndex
        var isInBrackets = false
        while nameEnd < bytes.endIndex {
            let byte = bytes[nameEnd]
            if byte == UInt8(ascii: "[") { isInBrackets = true }
            if byte == UInt8(ascii: "]") { isInBrackets = false }
            if !isInBrackets, byte == UInt8(ascii: ":") || byte == UInt8(ascii: "!") { break }
            nameEnd += 1
        }
        var value = try value(named: bytes[..<nameEnd])
        var rest = bytes[nameEnd...]
        if rest.first == UInt8(ascii: "!") {
            value = try converted(value, by: rest.dropFirst().first)
            rest = rest.dropFirst(2)
            guard rest.isEmpty || rest.first == UInt8(ascii: ":") else {
                throw failure("expected ':' after conversion specifier")
            }
        }
        let specification = try expand(rest.dropFirst(), level: level + 1)
        if escapes, specification.isEmpty { return try interpreter.softString(value).escapedForHTML }
        let text = try interpreter.format(value, specification)
        return escapes && level == 0 ? text.escapedForHTML : text
    }

    private func converted(_ value: TemplateValue, by letter: UInt8?) throws(ChatTemplateError) -> TemplateValue {
        switch letter {
        case UInt8(ascii: "s"): return .text(try interpreter.string(value))
        case UInt8(ascii: "r"): return .text(try interpreter.representation(value))
        case UInt8(ascii: "a"): return .text(try interpreter.representation(value).escapedToASCII)
        default: throw failure("unknown conversion specifier")
        }
    }

    /// The argument that `name`, `name.attribute` or `0[key]` means.
    private mutating func value(named bytes: ArraySlice<UInt8>) throws(ChatTemplateError) -> TemplateValue {
        let firstEnd = bytes.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") } ?? bytes.endIndex
        var value = try argument(TemplateText(bytes[..<firstEnd]))
        var rest = bytes[firstEnd...]
        while let mark = rest.first {
            rest = rest.dropFirst()
            if mark == UInt8(ascii: ".") {
                let end = rest.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") } ?? rest.endIndex
                guard end > rest.startIndex else { throw failure("empty attribute in format string") }
                value = try interpreter.attribute(of: value, TemplateText(rest[..<end]).string)
                rest = rest[end...]
            } else {
                guard mark == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]")), end > rest.startIndex
                else { throw failure("malformed field name in format string") }
                let key = TemplateText(rest[..<end])
                let index = key.allScalars(\.isPythonDecimal) ? Int(key.string) : nil
                value = try interpreter.item(of: value, index.map { .integer($0) } ?? .text(key))
                rest = rest[(end + 1)...]
            }
        }
        return value
    }

    private mutating func argument(_ name: TemplateText) throws(ChatTemplateError) -> TemplateValue {
        let isNumber = name.allScalars(\.isPythonDecimal)
        guard name.isEmpty || isNumber else {
            guard let value = arguments.keyword.first(where: { TemplateText($0.name) == name })?.value else {
                throw failure("the format has a field '\(name.string)' and no such argument is given")
            }
            return value
        }
        numbersItself = numbersItself || name.isEmpty
        numbersManually = numbersManually || isNumber
        guard !(numbersItself && numbersManually) else {
            throw failure("cannot mix manual and automatic field numbering")
        }
        if name.isEmpty { nextIndex += 1 }
        let index = name.isEmpty ? nextIndex - 1 : Int(name.string) ?? Int.max
        guard index < arguments.positional.count else {
            throw failure("replacement index \(index) out of range for positional args tuple")
        }
        return arguments.positional[index]
    }
}

extension TemplateInterpreter {
    /// Python's `format(value, specification)`.
    fileprivate func format(
        _ value: TemplateValue, _ specification: TemplateText
    ) throws(ChatTemplateError) -> TemplateText {
        guard !specification.isEmpty else { return try string(value) }
        guard let parsed = TemplateFormatSpecification(specification) else {
            throw failure(.value, "invalid format specifier '\(specification.string)'")
        }
        try allocate(bytes: parsed.width &* parsed.fill.bytes.count &+ (parsed.precision ?? 0))
        var result: TemplateText?
        switch value {
        case .text(let text):
            guard parsed.suitsText, parsed.alignment != .afterSign || specification.bytes.first == UInt8(ascii: "0")
            else {
                break
            }
            result = parsed.apply(to: text)
        case .boolean(let value): result = parsed.apply(to: value ? 1 : 0)
        case .integer(let value): result = parsed.apply(to: value)
        case .float(let value): result = parsed.apply(to: value)
        default:
            throw failure(.type, "unsupported format string passed to \(value.typeName).__format__")
        }
        guard let result else {
            throw failure(
                .value,
                "the format specifier '\(specification.string)' is none for objects of type '\(value.typeName)'")
        }
        return result
    }
}

extension TemplateText {
    /// The text with every code point beyond ASCII as an escape.
    var escapedToASCII: TemplateText {
        var result = TemplateText()
        for scalar in scalars {
            guard scalar >= 0x80 else {
                result.append(scalar: scalar)
                continue
            }
            let (letter, digits) = scalar < 0x100 ? ("x", 2) : scalar < 0x10000 ? ("u", 4) : ("U", 8)
            let value = String(scalar, radix: 16)
            result.append("\\" + letter + String(repeating: "0", count: digits - value.utf8.count) + value)
        }
        return result
    }
}
