/// What is inside of `{{ }}` and `{% %}`.
extension TemplateLexer {
    enum ClosingTag {
        case variable, block
    }

    mutating func readExpression(closing tag: ClosingTag) throws(ChatTemplateError) {
        let start = line
        var open: [TemplateToken.Symbol] = []
        while position < bytes.count {
            if open.isEmpty, let end = end(of: tag) {
                emit(tag == .variable ? .variableEnd : .blockEnd)
                line += lineBreaks(in: position..<end)
                position = end
                return
            }
            let next = skipWhitespace(from: position)
            if next > position {
                line += lineBreaks(in: position..<next)
                position = next
            } else {
                try readToken(&open)
            }
        }
        let expected = open.last.map(\.closing.rawValue) ?? (tag == .variable ? "}}" : "%}")
        throw ChatTemplateError(.syntax, line: start, "the tag that begins here has no end: expected '\(expected)'")
    }

    private func end(of tag: ClosingTag) -> Int? {
        switch tag {
        case .variable:
            if hasPrefix("-}}", at: position) { return skipWhitespace(from: position + 3) }
            return hasPrefix("}}", at: position) ? position + 2 : nil
        case .block:
            if hasPrefix("-%}", at: position) { return skipWhitespace(from: position + 3) }
            if hasPrefix("+%}", at: position) { return position + 3 }
            return hasPrefix("%}", at: position) ? skipLineBreak(from: position + 2) : nil
        }
    }

    private mutating func readToken(_ open: inout [TemplateToken.Symbol]) throws(ChatTemplateError) {
        if try readFloat() { return }
        if try readInteger() { return }
        if readName() { return }
        if try readString() { return }
        guard let symbol = symbol() else {
            var end = position
            let scalar = TemplateText.scalar(in: bytes, at: &end)
            throw failure("unexpected character '\(TemplateText(scalars: [scalar]).string)' in a tag")
        }
        switch symbol {
        case .leftBrace, .leftBracket, .leftParenthesis:
            open.append(symbol)
        case .rightBrace, .rightBracket, .rightParenthesis:
            guard let last = open.popLast() else { throw failure("unexpected '\(symbol.rawValue)'") }
            guard last.closing == symbol else {
                throw failure("expected '\(last.closing.rawValue)', found '\(symbol.rawValue)'")
            }
        default:
            break
        }
        emit(.symbol(symbol))
        position += symbol.rawValue.utf8.count
    }

    /// The longest symbol that stands here.
    private func symbol() -> TemplateToken.Symbol? {
        let two = position + 1 < bytes.count ? bytes[position...position + 1] : bytes[position...position]
        return TemplateToken.Symbol(rawValue: String(decoding: two, as: UTF8.self))
            ?? TemplateToken.Symbol(rawValue: String(decoding: bytes[position...position], as: UTF8.self))
    }

    private mutating func readName() -> Bool {
        var end = position
        while end < bytes.count {
            var next = end
            let value = TemplateText.scalar(in: bytes, at: &next)
            guard let scalar = Unicode.Scalar(value), isNameScalar(scalar, first: end == position) else { break }
            end = next
        }
        guard end > position else { return false }
        emit(.name(String(decoding: bytes[position..<end], as: UTF8.self)))
        position = end
        return true
    }

    private func isNameScalar(_ scalar: Unicode.Scalar, first: Bool) -> Bool {
        if scalar == "_" { return true }
        return first ? scalar.properties.isXIDStart : scalar.properties.isXIDContinue
    }
}

extension TemplateToken.Symbol {
    /// The symbol that closes what this one opens; itself for every other symbol.
    fileprivate var closing: TemplateToken.Symbol {
        switch self {
        case .leftBrace: .rightBrace
        case .leftBracket: .rightBracket
        case .leftParenthesis: .rightParenthesis
        default: self
        }
    }
}

// MARK: - Numbers

extension TemplateLexer {
    private func byte(at index: Int) -> UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    /// The end of digits of `radix` from `start`, single underscores between them allowed; nil where none stands.
    private func endOfDigits(from start: Int, radix: Int = 10) -> Int? {
        var end = start
        while true {
            let digit = byte(at: end) == UInt8(ascii: "_") && end > start ? end + 1 : end
            guard let byte = byte(at: digit), let value = Character(Unicode.Scalar(byte)).hexDigitValue, value < radix
            else { break }
            end = digit + 1
        }
        return end > start ? end : nil
    }

    private func digits(_ range: Range<Int>) -> String {
        String(decoding: bytes[range].filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    }

    /// `1.5`, `1e3`, `1.5e-3`; not after a dot, where `a.0.1` has two integers.
    private mutating func readFloat() throws(ChatTemplateError) -> Bool {
        guard position == 0 || bytes[position - 1] != UInt8(ascii: "."), let whole = endOfDigits(from: position) else {
            return false
        }
        var end = whole
        if byte(at: end) == UInt8(ascii: "."), let fraction = endOfDigits(from: end + 1) { end = fraction }
        if let mark = byte(at: end), mark | 0x20 == UInt8(ascii: "e") {
            let sign = byte(at: end + 1)
            let hasSign = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
            if let exponent = endOfDigits(from: end + (hasSign ? 2 : 1)) { end = exponent }
        }
        guard end > whole else { return false }
        guard let value = Double(digits(position..<end)) else { throw failure("expected a number") }
        emit(.float(value))
        position = end
        return true
    }

    private mutating func readInteger() throws(ChatTemplateError) -> Bool {
        guard let first = byte(at: position), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        var radix = 10
        var start = position
        var end: Int?
        if first == UInt8(ascii: "0") {
            switch byte(at: position + 1).map({ $0 | 0x20 }) {
            case UInt8(ascii: "b"): radix = 2
            case UInt8(ascii: "o"): radix = 8
            case UInt8(ascii: "x"): radix = 16
            default: break
            }
            if radix != 10 {
                let underscore = byte(at: position + 2) == UInt8(ascii: "_") ? 1 : 0
                start = position + 2 + underscore
                end = endOfDigits(from: start, radix: radix)
            }
            if end == nil {
                // Zeros only: "007" is a zero followed by a seven.
                (radix, start) = (1, position)
                end = endOfDigits(from: position, radix: 1)
            }
        } else {
            end = endOfDigits(from: position)
        }
        guard let end else { return false }
        let value = radix == 1 ? 0 : Int(digits(start..<end), radix: radix)
        guard let value else { throw failure("the integer is beyond 64 bits") }
        emit(.integer(value))
        position = end
        return true
    }
}

// MARK: - Strings

extension TemplateLexer {
    private mutating func readString() throws(ChatTemplateError) -> Bool {
        guard let quote = byte(at: position), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
            return false
        }
        var end = position + 1
        while let byte = byte(at: end), byte != quote { end += byte == UInt8(ascii: "\\") ? 2 : 1 }
        guard end < bytes.count else { throw failure("the string that begins here has no end") }
        var unescaper = TemplateUnescaper(bytes: bytes[position + 1..<end])
        guard let text = unescaper.run() else {
            throw failure("the string that begins here has an escape that is cut short or unknown")
        }
        emit(.string(text))
        line += lineBreaks(in: position..<end)
        position = end + 1
        return true
    }
}
