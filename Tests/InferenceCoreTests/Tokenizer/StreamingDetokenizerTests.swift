import EngineTestSupport
import Testing

@testable import InferenceCore

@Suite("Streaming detokenizer")
struct StreamingDetokenizerTests {
    /// The tokens of single bytes, in a vocabulary that has nothing else.
    private static func byteTokens(_ bytes: [UInt8], _ tokenizer: Tokenizer) -> [TokenID] {
        tokenizer.encode(bytes: bytes)
    }

    @Test("An emoji waits for its last byte")
    func emoji() throws {
        let tokenizer = try Tokenizer(TokenizerFixtures.bytePair(merges: []))
        var detokenizer = StreamingDetokenizer(tokenizer: tokenizer)
        let texts = Self.byteTokens(Array("a😀é!".utf8), tokenizer).map { detokenizer.append($0) }
        #expect(texts == ["a", "", "", "", "😀", "", "é", "!"])
        #expect(detokenizer.finish() == "")
    }

    @Test("An unfinished sequence shows as one U+FFFD in the end, and a broken one at once")
    func brokenSequences() throws {
        let tokenizer = try Tokenizer(TokenizerFixtures.bytePair(merges: []))
        var detokenizer = StreamingDetokenizer(tokenizer: tokenizer)
        for token in Self.byteTokens([0xF0, 0x9F, 0x98], tokenizer) { #expect(detokenizer.append(token) == "") }
        #expect(detokenizer.finish() == "\u{FFFD}")
        #expect(detokenizer.finish() == "")
        let broken = Self.byteTokens([0xE2, 0x41, 0xFF, 0xC0], tokenizer).map { detokenizer.append($0) }
        #expect(broken == ["", "\u{FFFD}A", "\u{FFFD}", "\u{FFFD}"])
    }

    @Test("The parts make the whole, whatever the bytes")
    func parts() throws {
        let tokenizer = try Tokenizer(TokenizerFixtures.bytePair(merges: []))
        var generator = SeededGenerator(seed: 21)
        let alphabet: [UInt8] = [
            0x41, 0x80, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC3, 0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF,
        ]
        for length in 0..<600 {
            let bytes = (0..<length / 10).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
            let tokens = Self.byteTokens(bytes, tokenizer)
            var detokenizer = StreamingDetokenizer(tokenizer: tokenizer)
            let text = tokens.map { detokenizer.append($0) }.joined() + detokenizer.finish()
            #expect(Array(text.utf8) == Array(String(decoding: bytes, as: UTF8.self).utf8))
            #expect(text == tokenizer.decode(tokens))
        }
    }

    @Test("Special tokens stay hidden")
    func specialTokens() throws {
        let tokenizer = try Tokenizer(TokenizerFixtures.bytePair(merges: [], controls: ["<|end|>"]))
        var hiding = StreamingDetokenizer(tokenizer: tokenizer)
        #expect(hiding.append(256) == "")
        #expect(hiding.append(999) == "")
        var showing = StreamingDetokenizer(tokenizer: tokenizer, renderSpecial: true)
        #expect(showing.append(256) == "<|end|>")
    }
}
