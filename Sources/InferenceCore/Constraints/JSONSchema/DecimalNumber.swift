/// A decimal number, exactly.
struct DecimalNumber: Hashable, Sendable {
    var isNegative: Bool
    /// Digits before the point, 0 to 9, without leading zeros: none for a number below one.
    var whole: [UInt8]
    /// Digits behind the point, without trailing zeros.
    var fraction: [UInt8]

    /// Nil for what is no number.
    init?(_ value: JSONValue) {
        switch value {
        case .integer(let number): self.init(decimal: String(number))
        case .double(let number): self.init(decimal: number.shortestDecimal)
        default: return nil
        }
    }

    /// - Parameter decimal: digits with a sign, a point and an exponent where needed.
    init?(decimal: String) {
        var rest = Substring(decimal)
        isNegative = rest.first == "-"
        if isNegative { rest.removeFirst() }
        var exponent = 0
        if let mark = rest.firstIndex(where: { $0 == "e" || $0 == "E" }) {
            guard let value = Int(rest[rest.index(after: mark)...]), abs(value) < 1000 else { return nil }
            exponent = value
            rest = rest[..<mark]
        }
        let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first else { return nil }
        var digits = (first + (parts.count > 1 ? parts[1] : "")).utf8.map { $0 &- 0x30 }
        guard digits.allSatisfy({ $0 <= 9 }), !digits.isEmpty else { return nil }
        var point = first.utf8.count + exponent
        if point < 0 {
            digits.insert(contentsOf: repeatElement(0, count: -point), at: 0)
            point = 0
        }
        if point > digits.count { digits += repeatElement(0, count: point - digits.count) }
        whole = Array(digits[..<point].drop { $0 == 0 })
        fraction = Array(digits[point...])
        while fraction.last == 0 { fraction.removeLast() }
        if whole.isEmpty, fraction.isEmpty { isNegative = false }
    }

    var isInteger: Bool { fraction.isEmpty }
    var isZero: Bool { whole.isEmpty && fraction.isEmpty }

    var magnitude: DecimalNumber {
        var number = self
        number.isNegative = false
        return number
    }

    var negated: DecimalNumber {
        var number = self
        number.isNegative = !isNegative && !isZero
        return number
    }

    static let zero = DecimalNumber(isNegative: false, whole: [], fraction: [])

    private init(isNegative: Bool, whole: [UInt8], fraction: [UInt8]) {
        (self.isNegative, self.whole, self.fraction) = (isNegative, whole, fraction)
    }

    /// The digits as one whole number without the point, and how many of them stand behind it; nil if it is too large.
    var scaled: (value: Int, places: Int)? {
        var value = 0
        for digit in whole + fraction {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow, product <= .max - 9 else { return nil }
            value = product + Int(digit)
        }
        return (value, fraction.count)
    }
}

extension DecimalNumber: Comparable {
    static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? isSmaller(right, left) : isSmaller(left, right)
    }

    /// Of the magnitudes.
    private static func isSmaller(_ left: DecimalNumber, _ right: DecimalNumber) -> Bool {
        if left.whole.count != right.whole.count { return left.whole.count < right.whole.count }
        if left.whole != right.whole { return left.whole.lexicographicallyPrecedes(right.whole) }
        return left.fraction.lexicographicallyPrecedes(right.fraction)
    }

    /// Whether it is a whole number of times the other one; false where that can't be computed in 64 bits.
    func isMultiple(of other: DecimalNumber) -> Bool {
        let places = max(fraction.count, other.fraction.count)
        func aligned(_ number: DecimalNumber) -> Int? {
            var padded = number
            padded.whole += number.fraction + repeatElement(0, count: places - number.fraction.count)
            padded.fraction = []
            return padded.scaled?.value
        }
        guard let value = aligned(self), let divisor = aligned(other), divisor > 0 else { return false }
        return value % divisor == 0
    }
}
