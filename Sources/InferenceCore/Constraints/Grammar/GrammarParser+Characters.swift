extension GrammarParser {
    mutating func name() -> String? {
        let start = position
        while let scalar = current, scalar.isASCII,
            scalar == "-" || scalar == "_" || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        {
            position += 1
        }
        return position > start ? String(String.UnicodeScalarView(scalars[start..<position])) : nil
    }

    mutating func string() throws(ConstraintError) -> [Unicode.Scalar] {
        let start = position
        position += 1
        var text: [Unicode.Scalar] = []
        while let scalar = current, scalar != "\"" { text.append(try character(scalar)) }
        guard take("\"") else {
            position = start
            throw failure("expected a closing '\"', found the end")
        }
        return text
    }

    mutating func characterClass() throws(ConstraintError) -> ScalarSet {
        let start = position
        position += 1
        let isInverted = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        while let scalar = current, scalar != "]" {
            let place = position
            let first = try character(scalar)
            guard current == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else {
                ranges.append(first.value...first.value)
                continue
            }
            position += 1
            let last = try character(scalars[position])
            guard first <= last else {
                position = place
                throw failure("expected a range from a lower to a higher character")
            }
            ranges.append(first.value...last.value)
        }
        guard take("]") else {
            position = start
            throw failure("expected a closing ']', found the end")
        }
        let set = ScalarSet(ranges)
        return isInverted ? set.inverted : set
    }

    /// A character that stands for itself, or an escape.
    private mutating func character(_ scalar: Unicode.Scalar) throws(ConstraintError) -> Unicode.Scalar {
        position += 1
        guard scalar == "\\" else { return scalar }
        guard let kind = current else { throw failure("expected a character behind '\\', found the end") }
        position += 1
        switch kind {
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "\\", "\"", "[", "]", "-", "^": return kind
        case "x": return try codePoint(digits: 2)
        case "u": return try codePoint(digits: 4)
        case "U": return try codePoint(digits: 8)
        default:
            position -= 2
            throw failure("expected an escape that is known, found \\\(kind)")
        }
    }

    private mutating func codePoint(digits: Int) throws(ConstraintError) -> Unicode.Scalar {
        let start = position
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let scalar = current, scalar.isASCII, let digit = Character(scalar).hexDigitValue else {
                throw failure("expected \(digits) hexadecimal digits, found \(found)")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        guard let scalar = Unicode.Scalar(value) else {
            position = start
            throw failure("expected a code point, found \(String(value, radix: 16))")
        }
        return scalar
    }
}
