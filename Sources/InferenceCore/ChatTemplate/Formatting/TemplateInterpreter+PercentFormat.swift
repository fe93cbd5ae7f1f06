/// The operator `%` on strings, by the rules of C's `printf` as Python has them.
extension TemplateInterpreter {
    func percentFormat(_ format: TemplateText, _ operand: TemplateValue) throws(ChatTemplateError) -> TemplateText {
        var formatter = TemplatePercentFormatter(format: format, operand: operand, interpreter: self)
        return try formatter.run()
    }
}

private struct TemplatePercentFormatter {
    private let bytes: [UInt8]
    private let isMarkup: Bool
    private let interpreter: TemplateInterpreter
    private let values: [TemplateValue]
    private let mapping: TemplateDictionary?
    /// Whether values may be left over: of what has elements, a format need not name all.
    private let mayIgnoreValues: Bool
    private var nextValue = 0
    private var position = 0

    init(format: TemplateText, operand: TemplateValue, interpreter: TemplateInterpreter) {
        bytes = format.bytes
        isMarkup = format.isMarkup
        self.interpreter = interpreter
        switch operand {
        case .tuple(let sequence): (values, mapping, mayIgnoreValues) = (sequence.elements, nil, false)
        case .dictionary(let dictionary): (values, mapping, mayIgnoreValues) = ([operand], dictionary, true)
        case .list, .undefined, .object(is TemplateRange): (values, mapping, mayIgnoreValues) = ([operand], nil, true)
        default: (values, mapping, mayIgnoreValues) = ([operand], nil, false)
        }
    }

    private func failure(_ message: String) -> ChatTemplateError {
        interpreter.failure(.type, message)
    }

    mutating func run() throws(ChatTemplateError) -> TemplateText {
        var result = TemplateText(isMarkup: isMarkup)
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            guard byte == UInt8(ascii: "%") else {
                result.bytes.append(byte)
                continue
            }
            let text = try conversion()
            try interpreter.allocate(bytes: text.bytes.count)
            result.append(text)
            try interpreter.checkLength(of: result)
        }
        guard nextValue == values.count || mayIgnoreValues else {
            throw failure("not all arguments converted during string formatting")
        }
        return result
    }

    private var current: UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    private mutating func conversion() throws(ChatTemplateError) -> TemplateText {
        var key: TemplateValue?
        if current == UInt8(ascii: "(") { key = try mappedValue() }
        var specification = TemplateFormatSpecification()
        specification.alignment = .right
        flags(&specification)
        if let width = try size() { specification.width = width }
        if specification.width < 0 {
            specification.width = -specification.width
            specification.alignment = .left
        }
        if current == UInt8(ascii: ".") {
            position += 1
            specification.precision = max(0, try size() ?? 0)
        }
        while let letter = current, [UInt8(ascii: "h"), UInt8(ascii: "l"), UInt8(ascii: "L")].contains(letter) {
            position += 1
        }
        guard let type = current else { throw interpreter.failure(.value, "incomplete format") }
        position += 1
        if type == UInt8(ascii: "%") { return "%" }
        try interpreter.allocate(bytes: specification.width &+ (specification.precision ?? 0))
        let operand: TemplateValue
        if let key { operand = key } else { operand = try value() }
        return try convert(operand, type, specification)
    }

    private mutating func flags(_ specification: inout TemplateFormatSpecification) {
        var padsWithZeros = false
        while let flag = current {
            switch flag {
            case UInt8(ascii: "-"): specification.alignment = .left
            case UInt8(ascii: "+"): specification.sign = flag
            case UInt8(ascii: " "): if specification.sign != UInt8(ascii: "+") { specification.sign = flag }
            case UInt8(ascii: "#"): specification.isAlternate = true
            case UInt8(ascii: "0"): padsWithZeros = true
            default:
                if padsWithZeros, specification.alignment == .right {
                    specification.alignment = .afterSign
                    specification.fill = "0"
                }
                return
            }
            position += 1
        }
    }

    /// A number in the format, or `*`, which takes it from the values.
    private mutating func size() throws(ChatTemplateError) -> Int? {
        if current == UInt8(ascii: "*") {
            position += 1
            guard case .integer(let size) = try value() else { throw failure("* wants int") }
            return min(max(size, -TemplateFormatSpecification.maximumSize), TemplateFormatSpecification.maximumSize)
        }
        let start = position
        while let digit = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) { position += 1 }
        guard position > start else { return nil }
        let size = Int(String(decoding: bytes[start..<position], as: UTF8.self)) ?? .max
        return min(size, TemplateFormatSpecification.maximumSize)
    }

    private mutating func value() throws(ChatTemplateError) -> TemplateValue {
        guard nextValue < values.count else { throw failure("not enough arguments for format string") }
        defer { nextValue += 1 }
        return values[nextValue]
    }

    private mutating func mappedValue() throws(ChatTemplateError) -> TemplateValue {
        guard let mapping else { throw failure("format requires a mapping") }
        position += 1
        let start = position
        var depth = 1
        while let byte = current {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if depth == 0 { break }
            position += 1
        }
        guard depth == 0 else { throw interpreter.failure(.value, "incomplete format key") }
        let name = TemplateText(bytes[start..<position])
        position += 1
        guard let value = mapping[.text(name)] else {
            throw interpreter.failure(.value, "the format has a field '\(name.string)' and no such key is given")
        }
        return value
    }

    private func convert(
        _ value: TemplateValue, _ type: UInt8, _ specification: TemplateFormatSpecification
    ) throws(ChatTemplateError) -> TemplateText {
        var specification = specification
        switch type {
        case UInt8(ascii: "s"), UInt8(ascii: "r"), UInt8(ascii: "a"), UInt8(ascii: "c"):
            return padded(try text(value, type, specification.precision), specification)
        case UInt8(ascii: "d"), UInt8(ascii: "i"), UInt8(ascii: "u"):
            return try decimal(value, specification)
        case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "o"):
            guard let integer = value.index else {
                try interpreter.check(value)
                throw failure("%\(Unicode.Scalar(type)) format: an integer is required, not \(value.typeName)")
            }
            specification.type = type
            specification.precision = nil
            return specification.apply(to: integer) ?? TemplateText()
        case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "g"),
            UInt8(ascii: "G"):
            guard let number = value.number else {
                try interpreter.check(value)
                throw failure("must be real number, not \(value.typeName)")
            }
            specification.type = type
            return specification.apply(to: number) ?? TemplateText()
        default:
            throw interpreter.failure(.value, "unsupported format character '\(Unicode.Scalar(type))'")
        }
    }

    private func text(
        _ value: TemplateValue, _ type: UInt8, _ precision: Int?
    ) throws(ChatTemplateError) -> TemplateText {
        var text: TemplateText
        switch type {
        case UInt8(ascii: "s"):
            text = isMarkup ? try interpreter.softString(value).escapedForHTML : try interpreter.string(value)
        case UInt8(ascii: "r"): text = try interpreter.representation(value)
        case UInt8(ascii: "a"): text = try interpreter.representation(value).escapedToASCII
        default:
            if let code = value.index, let scalar = UInt32(exactly: code), scalar <= 0x10FFFF {
                return TemplateText(scalars: [scalar])
            }
            guard let character = value.text, character.count == 1 else { throw failure("%c requires int or char") }
            return character
        }
        if let precision {
            text = text.sliced(TemplateSliceBounds(start: 0, stop: precision, step: 1, count: text.count))
        }
        return text
    }

    private func padded(_ text: TemplateText, _ specification: TemplateFormatSpecification) -> TemplateText {
        var specification = specification
        // Zeros are for numbers.
        if specification.alignment == .afterSign { specification.alignment = .right }
        specification.fill = " "
        specification.precision = nil
        return specification.apply(to: text)
    }

    private func decimal(
        _ value: TemplateValue, _ specification: TemplateFormatSpecification
    ) throws(ChatTemplateError) -> TemplateText {
        var specification = specification
        var integer = value.index
        if case .float(let number) = value {
            guard number.isFinite else { throw interpreter.failure(.value, "cannot convert float to integer") }
            integer = Int(exactly: number.rounded(.towardZero))
            guard integer != nil else { throw interpreter.failure(.limit, "an integer leaves 64 bits") }
        }
        guard let integer else {
            try interpreter.check(value)
            throw failure("%d format: a real number is required, not \(value.typeName)")
        }
        guard let precision = specification.precision else {
            specification.type = UInt8(ascii: "d")
            return specification.apply(to: integer) ?? TemplateText()
        }
        // A precision asks for so many digits at least.
        let digits = String(integer.magnitude)
        let zeros = String(repeating: "0", count: max(0, precision - digits.utf8.count))
        let plus = specification.sign == UInt8(ascii: "-") ? "" : String(Character(Unicode.Scalar(specification.sign)))
        return padded(TemplateText((integer < 0 ? "-" : plus) + zeros + digits), specification)
    }
}
