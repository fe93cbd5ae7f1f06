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
                if table[value] != .unassigned { Issue.record("surrogate \(value)") }
                continue
            }
            // The standard library may know a newer Unicode than the table's 16.0.
            guard let age = scalar.properties.age, (age.major, age.minor) <= (16, 0) else { continue }
            // Became a letter without case in 17.0.
            if value == 0x295 { continue }
            compared += 1
            let expected = Self.expected(scalar.properties)
            if table[value] != expected { Issue.record("U+\(String(value, radix: 16)) should be \(expected)") }
        }
        #expect(compared > 280_000)
        #expect(table[0x110000] == .unassigned)
        #expect(table[.max] == .unassigned)
    }

    private static func expected(_ properties: Unicode.Scalar.Properties) -> CharacterClass {
        if properties.isWhitespace { return .whitespace }
        return switch properties.generalCategory {
        case .uppercaseLetter, .titlecaseLetter: .uppercase
        case .lowercaseLetter: .lowercase
        case .modifierLetter, .otherLetter: .uncased
        case .decimalNumber: .digit
        case .letterNumber: .letterNumber
        case .otherNumber: .otherNumber
        case .nonspacingMark: .nonspacingMark
        case .spacingMark, .enclosingMark: .otherMark
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            .punctuation
        case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: .symbol
        case .control, .format, .privateUse: .control
        default: .unassigned
        }
    }
}
