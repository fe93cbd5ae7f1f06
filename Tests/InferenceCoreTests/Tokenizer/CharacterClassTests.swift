import Testing

@testable import InferenceCore

@Suite("Character classes")
struct CharacterClassTests {
    @Test("Classes are those of the Unicode properties")
    func properties() {
        let table = CharacterClassTable.standard
        var compared = 0
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else {
                if table[value] != .other { Issue.record("surrogate \(value)") }
                continue
            }
            // The standard library may know a newer Unicode than the table's 15.1.
            guard let age = scalar.properties.age, (age.major, age.minor) <= (15, 1) else { continue }
            compared += 1
            let expected = Self.expected(scalar.properties)
            if table[value] != expected { Issue.record("U+\(String(value, radix: 16)) should be \(expected)") }
        }
        #expect(compared > 280_000)
        #expect(table[0x110000] == .other)
        #expect(table[.max] == .other)
    }

    private static func expected(_ properties: Unicode.Scalar.Properties) -> CharacterClass {
        if properties.isWhitespace { return .whitespace }
        return switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: .letter
        case .decimalNumber, .letterNumber, .otherNumber: .number
        case .nonspacingMark, .spacingMark, .enclosingMark: .mark
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            .punctuation
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: .symbol
        default: .other
        }
    }
}
