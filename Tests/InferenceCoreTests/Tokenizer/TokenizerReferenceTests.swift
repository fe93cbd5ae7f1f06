import EngineTestSupport
import Testing

@testable import InferenceCore

@Suite("Real models' tokens are llama.cpp's")
struct TokenizerReferenceTests {
    @Test("The reference's texts", arguments: RealModel.files.keys.sorted())
    func referenceTexts(id: String) throws {
        guard let tokenizer = try TokenizerFixtures.tokenizer(id) else { return }
        let reference = try TokenizerFixtures.decode(TokenizerFixtures.Reference.self, "\(id).json")
        #expect(!reference.tokenize.isEmpty)
        for text in reference.tokenize {
            #expect(tokenizer.encode(text.text) == text.ids, "\(text.text.debugDescription)")
            let parsed = tokenizer.encode(text.text, addSpecial: false, parseSpecial: true)
            #expect(parsed == text.idsParsingSpecial, "\(text.text.debugDescription)")
        }
    }

    @Test("Hard texts", arguments: ["smollm2-135m-instruct", "gemma3-270m", "qwen2.5-coder-0.5b-instruct"])
    func hardTexts(id: String) throws {
        guard let tokenizer = try TokenizerFixtures.tokenizer(id) else { return }
        let fixture = try TokenizerFixtures.decode(TokenizerFixtures.Texts.self, "tokenizer/texts.json")
        let expected = try #require(fixture.models[id])
        #expect(fixture.texts.count == expected.ids.count)
        for (index, text) in fixture.texts.enumerated() {
            #expect(tokenizer.encode(text) == expected.ids[index], "\(text.debugDescription)")
            let parsed = tokenizer.encode(text, addSpecial: false, parseSpecial: true)
            #expect(parsed == expected.idsParsingSpecial[index], "\(text.debugDescription)")
        }
    }

    @Test(
        "Ends of generation are llama.cpp's",
        arguments: [
            ("smollm2-135m-instruct", [0, 2, 4]), ("gemma3-270m", [1, 106, 212]),
            ("qwen2.5-coder-0.5b-instruct", [128_247, 151_643, 151_645, 151_662, 151_663, 151_664]),
        ] as [(String, [TokenID])])
    func endsOfGeneration(id: String, expected: [TokenID]) throws {
        guard let tokenizer = try TokenizerFixtures.tokenizer(id) else { return }
        #expect(tokenizer.endOfGeneration.sorted() == expected)
    }

    @Test("Gemma begins a sequence, Qwen and SmolLM don't")
    func beginningsOfSequence() throws {
        if let gemma = try TokenizerFixtures.tokenizer("gemma3-270m") {
            #expect(gemma.addsBeginningOfSequence)
            #expect(gemma.beginningOfSequence == 2)
            #expect(gemma.endOfSequence == 1)
            #expect(gemma.encode("") == [2])
        }
        if let smollm = try TokenizerFixtures.tokenizer("smollm2-135m-instruct") {
            #expect(!smollm.addsBeginningOfSequence && !smollm.addsEndOfSequence)
            #expect(smollm.encode("") == [])
        }
    }

    @Test("Any bytes come back", arguments: ["gemma3-270m", "qwen2.5-coder-0.5b-instruct"])
    func roundTrip(id: String) throws {
        guard let tokenizer = try TokenizerFixtures.tokenizer(id) else { return }
        var generator = SeededGenerator(seed: 11)
        for length in 0..<120 {
            let bytes = (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            let tokens = tokenizer.encode(bytes: bytes, addSpecial: false)
            #expect(tokens.flatMap { tokenizer.bytes(of: $0) } == bytes)
        }
    }

    @Test("Special tokens show only on request, unused ones never")
    func renderedTokens() throws {
        guard let qwen = try TokenizerFixtures.tokenizer("qwen2.5-coder-0.5b-instruct") else { return }
        #expect(qwen.vocabularySize == 151_936)
        #expect(qwen.bytes(of: 151_645) == [])
        #expect(qwen.bytes(of: 151_645, renderSpecial: true) == Array("<|im_end|>".utf8))
        #expect(qwen.piece(of: 151_645) == "<|im_end|>")
        #expect(qwen.bytes(of: 151_657) == Array("<tool_call>".utf8))
        #expect(qwen.bytes(of: 151_700, renderSpecial: true) == [])
        #expect(qwen.piece(of: 151_700) == "[PAD151700]")
        #expect(qwen.piece(of: 3974) == " quick")
        #expect(qwen.decode([151_644, 9707, 11, 1879, 0, 151_645]) == "Hello, world!")
        #expect(qwen.decode([151_644, 9707], renderSpecial: true) == "<|im_start|>Hello")
        for outside: TokenID in [-1, 151_936, .max, .min] {
            #expect(qwen.bytes(of: outside, renderSpecial: true) == [])
            #expect(qwen.piece(of: outside) == "")
        }
    }
}
