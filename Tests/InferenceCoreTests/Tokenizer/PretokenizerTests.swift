import EngineTestSupport
import Testing

@testable import InferenceCore

@Suite("Pretokenizers")
struct PretokenizerTests {
    private static func words(_ pretokenizer: any Pretokenizer, _ bytes: [UInt8]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        bytes.withUnsafeBytes { bytes in
            pretokenizer.forEachWord(in: 0..<bytes.count, of: TextScanner(bytes: bytes)) { words.append($0) }
        }
        return words
    }

    @Test("Words are those of the published expressions", arguments: Pretokenizers.all.flatMap { $0.names.prefix(1) })
    func words(name: String) throws {
        let fixture = try TokenizerFixtures.decode(TokenizerFixtures.Words.self, "tokenizer/words.json")
        let pretokenizer = try #require(Pretokenizers.named(name))
        let expected = try #require(fixture.lengths[name])
        for (text, lengths) in zip(fixture.texts, expected) {
            let found = Self.words(pretokenizer, Array(text.utf8))
            #expect(found.map(\.count) == lengths, "\(text.debugDescription)")
        }
    }

    @Test("Words cover any bytes", arguments: Pretokenizers.all.flatMap { $0.names.prefix(1) })
    func wordsCoverBytes(name: String) throws {
        let pretokenizer = try #require(Pretokenizers.named(name))
        var generator = SeededGenerator(seed: 3)
        let alphabet: [UInt8] = [0x20, 0x0A, 0x27, 0x73, 0x31, 0xC3, 0xA9, 0xE2, 0x96, 0x81, 0xF0, 0x9F, 0x98, 0xFF, 0]
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            var end = 0
            for word in Self.words(pretokenizer, bytes) {
                #expect(word.lowerBound == end && !word.isEmpty)
                end = word.upperBound
            }
            #expect(end == length)
        }
    }

    @Test("A sequence cut short is single characters")
    func truncatedSequence() {
        let bytes: [UInt8] = [0x61, 0xF0, 0x9F, 0x98]
        bytes.withUnsafeBytes { bytes in
            let scanner = TextScanner(bytes: bytes)
            #expect(scanner.character(at: 1, limit: 4).end == 2)
            #expect(scanner.character(at: 1, limit: 4).kind == .other)
        }
    }

    @Test("No two pretokenizers share a name")
    func names() {
        let names = Pretokenizers.all.flatMap(\.names)
        #expect(Set(names).count == names.count)
    }
}

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
