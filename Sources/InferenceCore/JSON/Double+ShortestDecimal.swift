extension Double {
    /// The shortest decimal that reads back as this number, laid out as Python's `repr` does: plain from 1e-4 up to
    /// 1e16, with an exponent of at least two digits elsewhere; `inf` and `nan` for what is no finite number.
    var shortestDecimal: String {
        if isNaN { return "nan" }
        if isInfinite { return self < 0 ? "-inf" : "inf" }
        let (digits, exponent) = shortestDigits
        let sign = self.sign == .minus ? "-" : ""
        if exponent < -4 || exponent >= 16 {
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            let magnitude = String(abs(exponent))
            let padding = magnitude.count < 2 ? "0" : ""
            return sign + digits.prefix(1) + fraction + "e" + (exponent < 0 ? "-" : "+") + padding + magnitude
        }
        if exponent < 0 {
            return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
        }
        let whole = digits.prefix(exponent + 1)
        let padding = String(repeating: "0", count: exponent + 1 - whole.count)
        let fraction = digits.dropFirst(exponent + 1)
        return sign + whole + padding + "." + (fraction.isEmpty ? "0" : String(fraction))
    }

    /// The shortest significant digits and the decimal exponent of the first: 1234.5 is ("12345", 3).
    private var shortestDigits: (digits: String, exponent: Int) {
        // The standard library finds the shortest digits; only its layout differs.
        var mantissa = Substring(magnitude.description)
        var exponent = 0
        if let mark = mantissa.firstIndex(of: "e") {
            exponent = Int(mantissa[mantissa.index(after: mark)...]) ?? 0
            mantissa = mantissa[..<mark]
        }
        let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts[0]
        let fraction = parts.count > 1 ? parts[1] : ""
        let all = whole + fraction
        let leadingZeros = all.prefix { $0 == "0" }.count
        guard leadingZeros < all.count else { return ("0", 0) }
        var digits = all.dropFirst(leadingZeros)
        while digits.last == "0", digits.count > 1 { digits.removeLast() }
        return (String(digits), exponent + whole.count - 1 - leadingZeros)
    }
}
