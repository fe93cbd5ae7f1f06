/// Python's format specification: `[[fill]align][sign][#][0][width][grouping][.precision][type]`.
struct TemplateFormatSpecification {
    enum Alignment: UInt8 {
        case left = 0x3C
        case right = 0x3E
        case center = 0x5E
        case afterSign = 0x3D
    }

    /// The largest width and precision that are told apart; all beyond are too large for any text.
    static let maximumSize = Int(Int32.max)

    var fill: TemplateText = " "
    var alignment: Alignment?
    /// `+`, `-` or a space.
    var sign = UInt8(ascii: "-")
    /// Whether a sign was asked for, even the one that is the default.
    private(set) var namesSign = false
    var isAlternate = false
    var width = 0
    /// `,`, `_` or none.
    var grouping: UInt8?
    var precision: Int?
    /// The letter at the end; none where it is left out.
    var type: UInt8?

    init() {}

    /// nil where the text is no specification.
    init?(_ text: TemplateText) {
        var scanner = Scanner(bytes: text.bytes)
        let (first, rest) = text.splitFirst
        if let letter = rest.bytes.first, let alignment = Alignment(rawValue: letter) {
            fill = first
            self.alignment = alignment
            scanner.position = first.bytes.count + 1
        } else if let alignment = text.bytes.first.flatMap({ Alignment(rawValue: $0) }) {
            self.alignment = alignment
            scanner.position = 1
        }
        if let letter = scanner.take(["+", "-", " "]) { (sign, namesSign) = (letter, true) }
        isAlternate = scanner.take(["#"]) != nil
        if scanner.take(["0"]) != nil, alignment == nil {
            fill = "0"
            alignment = .afterSign
        }
        guard let width = scanner.number(default: 0) else { return nil }
        self.width = width
        grouping = scanner.take([",", "_"])
        if scanner.take(["."]) != nil {
            guard let precision = scanner.number(default: nil) else { return nil }
            self.precision = precision
        }
        type = scanner.next()
        guard scanner.next() == nil else { return nil }
    }

    /// Whether it says nothing that only numbers can do.
    var suitsText: Bool {
        (type == nil || type == UInt8(ascii: "s")) && !namesSign && !isAlternate && grouping == nil
    }

    private struct Scanner {
        let bytes: [UInt8]
        var position = 0

        mutating func next() -> UInt8? {
            guard position < bytes.count else { return nil }
            defer { position += 1 }
            return bytes[position]
        }

        mutating func take(_ letters: [Unicode.Scalar]) -> UInt8? {
            guard position < bytes.count, letters.contains(Unicode.Scalar(bytes[position])) else { return nil }
            return next()
        }

        mutating func number(default value: Int?) -> Int? {
            let start = position
            while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
                position += 1
            }
            guard position > start else { return value }
            let number = Int(String(decoding: bytes[start..<position], as: UTF8.self)) ?? .max
            return min(number, TemplateFormatSpecification.maximumSize)
        }
    }
}

// MARK: - Applying it

extension TemplateFormatSpecification {
    /// The text in its width, to the left unless said otherwise.
    func apply(to text: TemplateText) -> TemplateText {
        var text = text
        if let precision {
            let count = text.count
            text = text.sliced(TemplateSliceBounds(start: 0, stop: precision, step: 1, count: count))
        }
        // Between a sign and its digits means nothing here.
        var specification = self
        if alignment == .afterSign { specification.alignment = .left }
        return specification.padded(sign: "", text, default: .left)
    }

    /// An integer in decimal, or by the type's radix; nil where the type is none for integers.
    func apply(to value: Int) -> TemplateText? {
        let radix: Int
        var prefix = ""
        switch type {
        case nil, UInt8(ascii: "d"), UInt8(ascii: "n"): radix = 10
        case UInt8(ascii: "b"): (radix, prefix) = (2, "0b")
        case UInt8(ascii: "o"): (radix, prefix) = (8, "0o")
        case UInt8(ascii: "x"): (radix, prefix) = (16, "0x")
        case UInt8(ascii: "X"): (radix, prefix) = (16, "0X")
        case UInt8(ascii: "c"):
            guard let scalar = UInt32(exactly: value), scalar <= 0x10FFFF else { return nil }
            return padded(sign: "", TemplateText(scalars: [scalar]), default: .left)
        default: return apply(to: Double(value))
        }
        guard precision == nil else { return nil }
        let digits = String(value.magnitude, radix: radix, uppercase: type == UInt8(ascii: "X"))
        let sign = signText(isNegative: value < 0) + (isAlternate ? prefix : "")
        return padded(sign: sign, TemplateText(grouped(digits, every: radix == 10 ? 3 : 4)), default: .right)
    }

    /// A float; nil where the type is none for floats.
    func apply(to value: Double) -> TemplateText? {
        let isNegative = value.sign == .minus && !value.isNaN
        guard let body = body(of: value.magnitude) else { return nil }
        let sign = signText(isNegative: isNegative)
        guard value.isFinite else { return padded(sign: sign, TemplateText(body), default: .right) }
        let whole = body.prefix { $0.isNumber }
        let text = grouped(String(whole), every: 3) + body.dropFirst(whole.count)
        return padded(sign: sign, TemplateText(text), default: .right)
    }

    /// The digits of a number that is not negative.
    private func body(of value: Double) -> String? {
        let letter = type.map { $0 | 0x20 }
        let isUppercase = type.map { $0 & 0x20 == 0 } ?? false
        guard value.isFinite else {
            let text = value.isNaN ? "nan" : "inf"
            return (isUppercase ? text.uppercased() : text) + (letter == UInt8(ascii: "%") ? "%" : "")
        }
        switch type {
        case nil where precision == nil: return value.shortestDecimal
        case nil: return general(value, isUppercase: false, keepsPoint: true)
        case UInt8(ascii: "%"):
            return DecimalExpansion(value * 100).fixed(fractionDigits: precision ?? 6) + "%"
        default: break
        }
        switch letter {
        case UInt8(ascii: "f"):
            let text = DecimalExpansion(value).fixed(fractionDigits: precision ?? 6)
            return isAlternate && precision == 0 ? text + "." : text
        case UInt8(ascii: "e"):
            let (mantissa, exponent) = DecimalExpansion(value).scientific(fractionDigits: precision ?? 6)
            return mantissa + (isAlternate && precision == 0 ? "." : "") + power(exponent, isUppercase)
        case UInt8(ascii: "g"), UInt8(ascii: "n"): return general(value, isUppercase: isUppercase, keepsPoint: false)
        default: return nil
        }
    }

    private func power(_ exponent: Int, _ isUppercase: Bool) -> String {
        let digits = String(abs(exponent))
        return (isUppercase ? "E" : "e") + (exponent < 0 ? "-" : "+") + (digits.count < 2 ? "0" : "") + digits
    }

    /// As many significant digits as the precision says, with or without an exponent, whichever is shorter.
    private func general(_ value: Double, isUppercase: Bool, keepsPoint: Bool) -> String {
        let significant = max(precision ?? 6, 1)
        let (mantissa, exponent) = DecimalExpansion(value).scientific(fractionDigits: significant - 1)
        func trimmed(_ text: String) -> String {
            guard !isAlternate, text.contains(".") else { return text }
            var text = text
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
            return text
        }
        // Without a type letter a number keeps a point, so it takes the exponent one digit earlier.
        if exponent < -4 || exponent >= (keepsPoint ? significant - 1 : significant) {
            return trimmed(mantissa) + power(exponent, isUppercase)
        }
        let text = trimmed(DecimalExpansion(value).fixed(fractionDigits: max(significant - 1 - exponent, 0)))
        return keepsPoint && !text.contains(".") ? text + ".0" : text
    }

    private func signText(isNegative: Bool) -> String {
        if isNegative { return "-" }
        return sign == UInt8(ascii: "-") ? "" : String(Character(Unicode.Scalar(sign)))
    }

    private func grouped(_ digits: String, every size: Int) -> String {
        guard let grouping else { return digits }
        var text = ""
        for (index, digit) in digits.enumerated() {
            let endsGroup = index > 0 && (digits.count - index).isMultiple(of: size)
            if endsGroup { text.unicodeScalars.append(Unicode.Scalar(grouping)) }
            text.append(digit)
        }
        return text
    }

    private func padded(sign: String, _ text: TemplateText, default alignment: Alignment) -> TemplateText {
        let missing = max(0, width - sign.utf8.count - text.count)
        let sign = TemplateText(sign)
        func filled(_ count: Int) -> TemplateText {
            Array(repeating: fill, count: count).joined(by: "")
        }
        switch self.alignment ?? alignment {
        case .left: return sign + text + filled(missing)
        case .right: return filled(missing) + sign + text
        case .afterSign: return sign + filled(missing) + text
        case .center: return filled(missing / 2) + sign + text + filled(missing - missing / 2)
        }
    }
}
