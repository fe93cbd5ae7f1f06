import EngineTestSupport
import Foundation
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

    @Test(
        "Words are those of the published tokenizers", arguments: Pretokenizers.all.flatMap { $0.names.prefix(1) })
    func words(name: String) throws {
        try compare(TokenizerFixtures.decode(TokenizerFixtures.Words.self, "tokenizer/words.json"), name)
    }

    @Test(
        "Random texts' words too", .enabled(if: recordedFile != nil),
        arguments: Pretokenizers.all.flatMap { $0.names.prefix(1) })
    func randomWords(name: String) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: #require(Self.recordedFile)))
        try compare(JSONDecoder().decode(TokenizerFixtures.Words.self, from: bytes), name)
    }

    /// What `References/tokenizer/record.py --random` wrote, for a longer comparison.
    private static let recordedFile = ProcessInfo.processInfo.environment["DIPTYCH_WORDS"]

    private func compare(_ fixture: TokenizerFixtures.Words, _ name: String) throws {
        let pretokenizer = try #require(Pretokenizers.named(name))
        let expected = try #require(fixture.lengths[name])
        #expect(expected.count == fixture.texts.count)
        var differences = 0
        for (text, lengths) in zip(fixture.texts, expected) {
            let found = Self.words(pretokenizer, Array(text.utf8)).map(\.count)
            guard found != lengths else { continue }
            differences += 1
            if differences <= 10 {
                Issue.record("\(name): \(text.debugDescription) has \(found), expected \(lengths)")
            }
        }
        #expect(differences == 0)
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
            #expect(scanner.character(at: 1, limit: 4).kind == .unassigned)
        }
    }

    @Test("No two pretokenizers share a name")
    func names() {
        let names = Pretokenizers.all.flatMap(\.names)
        #expect(Set(names).count == names.count)
    }
}
