/// Decimal numbers as text: which digits write numbers in a range, or multiples of a number.
///
/// Numbers have at most 19 digits before the point and 17 behind it, so that none can go on for ever.
enum NumberLanguage {
    /// One end of a range.
    struct Bound: Hashable, Sendable {
        var value: DecimalNumber
        var isExclusive: Bool
    }

    private static let wholeDigits = 19
    private static let fractionDigits = 17
    private static let digit = GrammarExpression.scalar(.digits)

    private static func digits(_ least: Int, _ most: Int) -> GrammarExpression {
        .repetition(digit, atLeast: least, atMost: most)
    }

    /// Any number, with an exponent of at most three digits or without.
    static var anyNumber: GrammarExpression {
        .sequence([
            .optional(.text("-")), positiveWhole(from: [], to: nil),
            .optional(.sequence([.text("."), digits(1, fractionDigits)])),
            .optional(
                .sequence([
                    .scalar(ScalarSet(["e", "E"])), .optional(.scalar(ScalarSet(["+", "-"]))), digits(1, 3),
                ])),
        ])
    }

    static var anyInteger: GrammarExpression {
        .choice([
            .text("0"), .sequence([.optional(.text("-")), positiveWhole(from: [1], to: nil)]),
        ])
    }

    /// Whole numbers in a range.
    static func integers(_ low: Bound?, _ high: Bound?) -> GrammarExpression {
        let numbers = range(low, high) { low, high in positiveWhole(low, high) }
        return numbers
    }

    /// Numbers in a range, without exponents.
    static func numbers(
        _ low: Bound?, _ high: Bound?, _ budget: inout AutomatonBudget
    ) throws(ConstraintError) -> GrammarExpression {
        var failure: ConstraintError?
        let numbers = range(low, high) { low, high in
            do throws(ConstraintError) {
                let above = try ByteAutomaton(low.map(atLeast) ?? unsigned, &budget)
                let below = try ByteAutomaton(high.map(atMost) ?? unsigned, &budget)
                return .automaton(try above.intersection(below, &budget))
            } catch {
                failure = error
                return .nothing
            }
        }
        if let failure { throw failure }
        return numbers
    }

    /// Joins what is not negative with what is, as a range of magnitudes each.
    private static func range(
        _ low: Bound?, _ high: Bound?, _ magnitudes: (Bound?, Bound?) -> GrammarExpression
    ) -> GrammarExpression {
        let zero = Bound(value: .zero, isExclusive: false)
        let aboveZero = Bound(value: .zero, isExclusive: true)
        func mirrored(_ bound: Bound) -> Bound { Bound(value: bound.value.negated, isExclusive: bound.isExclusive) }
        var parts: [GrammarExpression] = []
        if high.map({ !$0.value.isNegative }) ?? true {
            parts.append(magnitudes(low.flatMap { $0.value.isNegative ? nil : $0 } ?? zero, high))
        }
        if low.map({ $0.value.isNegative }) ?? true {
            let least = high.flatMap { $0.value.isNegative ? mirrored($0) : nil } ?? aboveZero
            parts.append(.sequence([.text("-"), magnitudes(least, low.map(mirrored))]))
        }
        return .choice(parts)
    }

    private static func positiveWhole(_ low: Bound?, _ high: Bound?) -> GrammarExpression {
        var least: [UInt8] = []
        if let low {
            least = low.value.whole
            if low.isExclusive || !low.value.isInteger { least = successor(least) }
        }
        guard let high else { return positiveWhole(from: least, to: nil) }
        var most = high.value.whole
        if high.isExclusive, high.value.isInteger {
            guard let smaller = predecessor(most) else { return .nothing }
            most = smaller
        }
        return positiveWhole(from: least, to: most)
    }
}

// MARK: - Whole numbers

extension NumberLanguage {
    /// - Parameters: digits without leading zeros; none are zero.
    private static func positiveWhole(from low: [UInt8], to high: [UInt8]?) -> GrammarExpression {
        var lengths: [GrammarExpression] = []
        if low.isEmpty { lengths.append(.text("0")) }
        let longest = min(high?.count ?? wholeDigits, wholeDigits)
        for length in max(low.count, 1)...max(longest, low.count, 1) where length <= longest {
            let first = length == low.count ? low : [1] + [UInt8](repeating: 0, count: length - 1)
            let last = length == high?.count ? high ?? [] : [UInt8](repeating: 9, count: length)
            if first == last || first.lexicographicallyPrecedes(last) {
                lengths.append(sameLength(first[...], last[...]))
            }
        }
        return .choice(lengths)
    }

    private static func sameLength(_ low: ArraySlice<UInt8>, _ high: ArraySlice<UInt8>) -> GrammarExpression {
        guard let first = low.first, let last = high.first else { return .empty }
        let (lowRest, highRest) = (low.dropFirst(), high.dropFirst())
        if first == last { return .sequence([one(first), sameLength(lowRest, highRest)]) }
        var alternatives: [GrammarExpression] = [.sequence([one(first), noLess(than: lowRest)])]
        if first + 1 < last {
            alternatives.append(.sequence([any(first + 1, last - 1), digits(exactly: lowRest.count)]))
        }
        alternatives.append(.sequence([one(last), noMore(than: highRest)]))
        return .choice(alternatives)
    }

    private static func noLess(than low: ArraySlice<UInt8>) -> GrammarExpression {
        guard let first = low.first else { return .empty }
        var alternatives: [GrammarExpression] = [.sequence([one(first), noLess(than: low.dropFirst())])]
        if first < 9 { alternatives.append(.sequence([any(first + 1, 9), digits(exactly: low.count - 1)])) }
        return .choice(alternatives)
    }

    private static func noMore(than high: ArraySlice<UInt8>) -> GrammarExpression {
        guard let first = high.first else { return .empty }
        var alternatives: [GrammarExpression] = [.sequence([one(first), noMore(than: high.dropFirst())])]
        if first > 0 { alternatives.append(.sequence([any(0, first - 1), digits(exactly: high.count - 1)])) }
        return .choice(alternatives)
    }

    private static func one(_ digit: UInt8) -> GrammarExpression { .bytes([0x30 + digit]) }

    private static func any(_ low: UInt8, _ high: UInt8) -> GrammarExpression {
        .scalar(ScalarSet([0x30 + UInt32(low)...0x30 + UInt32(high)]))
    }

    private static func digits(exactly count: Int) -> GrammarExpression { digits(count, count) }

    private static func successor(_ number: [UInt8]) -> [UInt8] {
        var digits = number
        for index in digits.indices.reversed() {
            if digits[index] < 9 {
                digits[index] += 1
                return digits
            }
            digits[index] = 0
        }
        return [1] + digits
    }

    /// Nil below zero.
    private static func predecessor(_ number: [UInt8]) -> [UInt8]? {
        guard !number.isEmpty else { return nil }
        var digits = number
        for index in digits.indices.reversed() {
            if digits[index] > 0 {
                digits[index] -= 1
                break
            }
            digits[index] = 9
        }
        return Array(digits.drop { $0 == 0 })
    }
}

// MARK: - Fractions

extension NumberLanguage {
    private static var unsigned: GrammarExpression {
        .sequence([positiveWhole(from: [], to: nil), anyFraction])
    }

    private static var anyFraction: GrammarExpression {
        .optional(.sequence([.text("."), digits(1, fractionDigits)]))
    }

    private static func whole(_ digits: [UInt8]) -> GrammarExpression {
        digits.isEmpty ? .text("0") : .bytes(digits.map { $0 + 0x30 })
    }

    private static func atLeast(_ bound: Bound) -> GrammarExpression {
        let (whole, fraction) = (bound.value.whole, bound.value.fraction)
        return .choice([
            .sequence([positiveWhole(from: successor(whole), to: nil), anyFraction]),
            .sequence([self.whole(whole), fractionAtLeast(fraction, bound.isExclusive)]),
        ])
    }

    private static func atMost(_ bound: Bound) -> GrammarExpression {
        let (whole, fraction) = (bound.value.whole, bound.value.fraction)
        var alternatives: [GrammarExpression] = [
            .sequence([self.whole(whole), fractionAtMost(fraction, bound.isExclusive)])
        ]
        if let smaller = predecessor(whole) {
            alternatives.append(.sequence([positiveWhole(from: [], to: smaller), anyFraction]))
        }
        return .choice(alternatives)
    }

    private static var zeros: GrammarExpression {
        .repetition(.text("0"), atLeast: 0, atMost: fractionDigits)
    }

    /// Some digits, one of which isn't zero.
    private static var someNonzero: GrammarExpression {
        .sequence([zeros, .scalar(ScalarSet([0x31...0x39])), digits(0, fractionDigits)])
    }

    private static func fractionAtLeast(_ fraction: [UInt8], _ isExclusive: Bool) -> GrammarExpression {
        if fraction.isEmpty {
            return isExclusive ? .sequence([.text("."), someNonzero]) : anyFraction
        }
        var rest: GrammarExpression = isExclusive ? someNonzero : digits(0, fractionDigits)
        for digit in fraction.reversed() {
            var alternatives: [GrammarExpression] = [.sequence([one(digit), rest])]
            if digit < 9 { alternatives.append(.sequence([any(digit + 1, 9), digits(0, fractionDigits)])) }
            rest = .choice(alternatives)
        }
        return .sequence([.text("."), rest])
    }

    private static func fractionAtMost(_ fraction: [UInt8], _ isExclusive: Bool) -> GrammarExpression {
        if fraction.isEmpty {
            return isExclusive ? .nothing : .optional(.sequence([.text(".0"), zeros]))
        }
        var rest: GrammarExpression = isExclusive ? .nothing : zeros
        for (index, digit) in fraction.enumerated().reversed() {
            var alternatives: [GrammarExpression] = [.sequence([one(digit), rest])]
            if digit > 0 { alternatives.append(.sequence([any(0, digit - 1), digits(0, fractionDigits)])) }
            // What ends here is less, as long as a digit follows that isn't zero.
            if index > 0 { alternatives.append(.empty) }
            rest = .choice(alternatives)
        }
        return .optional(.sequence([.text("."), rest]))
    }
}
