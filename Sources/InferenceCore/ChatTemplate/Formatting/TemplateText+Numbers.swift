/// Reading numbers as Python's `int()` and `float()` do.
extension TemplateText {
    enum ParsedInteger {
        case value(Int)
        case tooLarge
    }

    /// The integer; nil where the text is none. Base 0 goes by the prefix.
    func pythonInteger(base: Int) -> ParsedInteger? {
        guard base == 0 || (2...36).contains(base) else { return nil }
        var digits = stripped().bytes.map { $0 | ($0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? 0x20 : 0) }[...]
        var isNegative = false
        if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            digits = digits.dropFirst()
        }
        var radix = base == 0 ? 10 : base
        let prefixes: [UInt8: Int] = [UInt8(ascii: "x"): 16, UInt8(ascii: "o"): 8, UInt8(ascii: "b"): 2]
        if digits.first == UInt8(ascii: "0"), let letter = digits.dropFirst().first, let prefixed = prefixes[letter],
            base == 0 || base == prefixed
        {
            radix = prefixed
            digits = digits.dropFirst(2)
            if digits.first == UInt8(ascii: "_") { digits = digits.dropFirst() }
        } else if base == 0, digits.first == UInt8(ascii: "0"),
            digits.contains(where: { $0 != UInt8(ascii: "0") && $0 != UInt8(ascii: "_") })
        {
            return nil
        }
        guard let plain = Self.withoutUnderscores(digits),
            plain.allSatisfy({ Character(Unicode.Scalar($0)).digitValue(radix: radix) != nil })
        else { return nil }
        let text = (isNegative ? "-" : "") + String(decoding: plain, as: UTF8.self)
        return Int(text, radix: radix).map { .value($0) } ?? .tooLarge
    }

    /// The number; nil where the text is none.
    var pythonFloat: Double? {
        guard let plain = Self.withoutUnderscores(stripped().bytes[...]) else { return nil }
        let text = String(decoding: plain, as: UTF8.self).lowercased()
        switch text.drop(while: { $0 == "+" || $0 == "-" }) {
        case "inf", "infinity": return text.hasPrefix("-") ? -Double.infinity : .infinity
        case "nan": return .nan
        default: break
        }
        let allowed = Set("0123456789+-.e".utf8)
        guard text.utf8.allSatisfy(allowed.contains) else { return nil }
        // Swift asks for a digit on both sides of the point, Python for one.
        var mantissa = text.prefix { $0 != "e" }
        let exponent = text[mantissa.endIndex...]
        let sign = mantissa.first.flatMap { $0 == "+" || $0 == "-" ? String($0) : nil } ?? ""
        mantissa = mantissa.dropFirst(sign.count)
        guard mantissa.contains(where: \.isNumber) else { return nil }
        if mantissa.hasPrefix(".") { mantissa = "0" + mantissa }
        if mantissa.hasSuffix(".") { mantissa += "0" }
        return Double(sign + mantissa + exponent)
    }

    /// The digits without underscores, each of which must stand between two of them; nil where there are none.
    private static func withoutUnderscores(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        let underscore = UInt8(ascii: "_")
        var result: [UInt8] = []
        var previous = underscore
        for digit in digits {
            if digit == underscore {
                guard previous != underscore, Character(Unicode.Scalar(previous)).isHexDigit else { return nil }
            } else {
                result.append(digit)
            }
            previous = digit
        }
        return result.isEmpty || previous == underscore ? nil : result
    }
}

extension Character {
    fileprivate func digitValue(radix: Int) -> Int? {
        guard isASCII else { return nil }
        return Int(String(self), radix: radix)
    }
}
