/// All decimal digits of a double, of which there are finitely many, so that rounding is exact.
struct DecimalExpansion {
    private let isNegative: Bool
    /// The digits, without leading zeros unless there is nothing else.
    private let digits: [UInt8]
    /// How many of the digits stand behind the point.
    private let fractionCount: Int

    /// `value` is finite.
    init(_ value: Double) {
        isNegative = value.sign == .minus
        guard value != 0 else {
            (digits, fractionCount) = ([0], 0)
            return
        }
        // value = significand * 2^exponent, and 2^-n = 5^n / 10^n.
        let exponent = Int(value.exponent) - Double.significandBitCount
        let significand = UInt64(value.magnitude.significand * 0x1p52)
        var number = DecimalInteger(significand)
        let isSubnormalOrSmall = exponent < 0
        for _ in 0..<abs(exponent) { number.multiply(by: isSubnormalOrSmall ? 5 : 2) }
        digits = number.digits
        fractionCount = isSubnormalOrSmall ? -exponent : 0
    }

    /// The number with `count` digits behind the point, halves to even; a negative count rounds before the point.
    func rounded(fractionDigits count: Int) -> Double {
        let digits = roundedDigits(fractionDigits: count)
        return Double(signed(text(of: digits, fractionDigits: max(count, 0), scale: max(-count, 0)))) ?? 0
    }

    /// The number with `count` digits behind the point.
    func fixed(fractionDigits count: Int) -> String {
        signed(text(of: roundedDigits(fractionDigits: count), fractionDigits: count, scale: 0))
    }

    /// The number with one digit before the point, `count` behind it, and its power of ten.
    func scientific(fractionDigits count: Int) -> (mantissa: String, exponent: Int) {
        guard digits != [0] else { return (signed(text(of: [0], fractionDigits: count, scale: 0)), 0) }
        var exponent = digits.count - fractionCount - 1
        var rounded = roundedDigits(fractionDigits: count - exponent)
        if rounded.count > count + 1 {
            // Rounding carried into a new digit, which leaves a zero at the end.
            exponent += 1
            rounded.removeLast()
        }
        return (signed(text(of: rounded, fractionDigits: count, scale: 0)), exponent)
    }

    private func signed(_ text: String) -> String {
        isNegative ? "-" + text : text
    }

    /// The digits of the number times ten to the power of `count`, rounded to an integer.
    private func roundedDigits(fractionDigits count: Int) -> [UInt8] {
        let kept = digits.count - fractionCount + count
        guard kept < digits.count else {
            let padded = digits + Array(repeating: 0, count: kept - digits.count)
            return Array(padded.drop { $0 == 0 })
        }
        guard kept >= 0 else { return [] }
        var result = Array(digits[..<kept])
        let rest = digits[kept...]
        let isTie = rest.first == 5 && rest.dropFirst().allSatisfy { $0 == 0 }
        let roundsUp = isTie ? (result.last ?? 0) % 2 == 1 : (rest.first ?? 0) >= 5
        if roundsUp {
            var index = result.count - 1
            while index >= 0, result[index] == 9 {
                result[index] = 0
                index -= 1
            }
            if index >= 0 { result[index] += 1 } else { result.insert(1, at: 0) }
        }
        return Array(result.drop { $0 == 0 })
    }

    /// The digits with a point before the last `count` and `scale` zeros at the end.
    private func text(of digits: [UInt8], fractionDigits count: Int, scale: Int) -> String {
        var padded = Array(repeating: UInt8(0), count: max(0, count + 1 - digits.count)) + digits
        padded += Array(repeating: 0, count: scale)
        var text = String(decoding: padded.dropLast(count).map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
        if count > 0 {
            text += "." + String(decoding: padded.suffix(count).map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
        }
        return text
    }
}

/// An integer of any size, nine decimal digits a limb, lowest first.
private struct DecimalInteger {
    private static let base: UInt64 = 1_000_000_000
    private var limbs: [UInt64] = []

    init(_ value: UInt64) {
        var rest = value
        while rest > 0 {
            limbs.append(rest % Self.base)
            rest /= Self.base
        }
    }

    mutating func multiply(by factor: UInt64) {
        var carry: UInt64 = 0
        for index in limbs.indices {
            let product = limbs[index] * factor + carry
            limbs[index] = product % Self.base
            carry = product / Self.base
        }
        if carry > 0 { limbs.append(carry) }
    }

    var digits: [UInt8] {
        var digits: [UInt8] = []
        for limb in limbs {
            var rest = limb
            for _ in 0..<9 {
                digits.append(UInt8(rest % 10))
                rest /= 10
            }
        }
        while digits.last == 0, digits.count > 1 { digits.removeLast() }
        return digits.reversed()
    }
}
