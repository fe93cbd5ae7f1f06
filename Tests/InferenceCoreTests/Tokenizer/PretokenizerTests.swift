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
