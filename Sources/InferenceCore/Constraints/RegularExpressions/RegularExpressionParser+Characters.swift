extension RegularExpressionParser {
    mutating func characterClass() throws(ConstraintError) -> ScalarSet {
        let start = position
        position += 1
        let isInverted = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        while current != "]" {
            guard current != nil else {
                position = start
                throw failure("expected ']', found the end")
            }
            let first = try classMember()
            guard current == "-", let beyond = next, beyond != "]" else {
                ranges += first.ranges
                continue
            }
            let mark = position
            position += 1
            let last = try classMember()
            guard let low = first.single, let high = last.single else {
                // As where no range is meant: the hyphen means itself.
                ranges += first.ranges + last.ranges + [0x2D...0x2D]
                continue
            }
            guard low <= high else {
                position = mark
                throw failure("expected a range from a lower to a higher character")
            }
            ranges.append(low...high)
        }
        position += 1
        let set = ScalarSet(ranges)
        return isInverted ? set.inverted : set
    }

    private mutating func classMember() throws(ConstraintError) -> ScalarSet {
        guard let scalar = current else { throw failure("expected ']', found the end") }
        position += 1
        return scalar == "\\" ? try escape(inClass: true) : ScalarSet([scalar])
    }

    /// What stands behind a backslash.
    mutating func escape(inClass: Bool) throws(ConstraintError) -> ScalarSet {
        let column = position - 1
        guard let scalar = current else { throw failure("expected a character behind '\\', found the end") }
        position += 1
        switch scalar {
        case "d": return .digits
        case "D": return ScalarSet.digits.inverted
        case "w": return .wordCharacters
        case "W": return ScalarSet.wordCharacters.inverted
        case "s": return .whitespace
        case "S": return ScalarSet.whitespace.inverted
        case "t": return ScalarSet(["\t"])
        case "n": return ScalarSet(["\n"])
        case "r": return ScalarSet(["\r"])
        case "f": return ScalarSet(["\u{C}"])
        case "v": return ScalarSet(["\u{B}"])
        case "0" where !(current.map { ("0"..."9").contains($0) } ?? false): return ScalarSet(["\0"])
        case "b" where inClass: return ScalarSet(["\u{8}"])
        case "b", "B": throw unsupported("a word boundary", column)
        case "A", "Z", "z", "G": throw unsupported("the anchor \\\(scalar)", column)
        case "0"..."9", "k": throw unsupported("a back reference", column)
        case "p", "P": return try property(isInverted: scalar == "P")
        case "c":
            guard let letter = current, letter.isASCII, letter.properties.isAlphabetic else {
                throw failure("expected a letter behind '\\c', found \(found)")
            }
            position += 1
            return ScalarSet([letter.value & 0x1F...letter.value & 0x1F])
        case "x": return try codePoint(digits: 2)
        case "u": return try codeUnits()
        default:
            guard !scalar.isASCII || !scalar.properties.isAlphabetic else {
                position = column
                throw failure("expected an escape that is known, found \\\(scalar)")
            }
            return ScalarSet([scalar])
        }
    }

    private mutating func codePoint(digits: Int) throws(ConstraintError) -> ScalarSet {
        let value = try hexadecimal(digits)
        return ScalarSet([value...value])
    }

    private mutating func codeUnits() throws(ConstraintError) -> ScalarSet {
        if take("{") {
            let start = position
            while let scalar = current, scalar != "}" { position += scalar.isASCII ? 1 : scalars.count }
            let digits = String(
                String.UnicodeScalarView(scalars[min(start, scalars.count)..<min(position, scalars.count)]))
            guard take("}"), let value = UInt32(digits, radix: 16), value <= 0x10FFFF else {
                position = start
                throw failure("expected a code point up to 10FFFF and '}'")
            }
            return ScalarSet([value...value])
        }
        let first = try hexadecimal(4)
        guard (0xD800...0xDBFF).contains(first), current == "\\", next == "u" else { return ScalarSet([first...first]) }
        let start = position
        position += 2
        let second = try hexadecimal(4)
        guard (0xDC00...0xDFFF).contains(second) else {
            position = start
            return .none
        }
        let value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        return ScalarSet([value...value])
    }

    private mutating func hexadecimal(_ count: Int) throws(ConstraintError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let scalar = current, let digit = Character(scalar).hexDigitValue, scalar.isASCII else {
                throw failure("expected \(count) hexadecimal digits, found \(found)")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    /// What stands behind `\p`: a general category in braces.
    private mutating func property(isInverted: Bool) throws(ConstraintError) -> ScalarSet {
        let start = position
        guard take("{") else { throw failure("expected '{' behind '\\p', found \(found)") }
        let begin = position
        while let scalar = current, scalar != "}" { position += scalar == "\\" ? scalars.count : 1 }
        let name = String(String.UnicodeScalarView(scalars[begin..<min(max(begin, position), scalars.count)]))
        guard take("}") else {
            position = start
            throw failure("expected '}' behind a property's name, found the end")
        }
        guard let set = ScalarSet(property: name) else {
            throw unsupported("the property \\p{\(name)}", start - 2)
        }
        return isInverted ? set.inverted : set
    }
}
