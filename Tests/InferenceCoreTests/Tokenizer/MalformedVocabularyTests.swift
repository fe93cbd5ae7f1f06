import EngineTestSupport
import Testing

@testable import InferenceCore

@Suite("Malformed vocabularies")
struct MalformedVocabularyTests {
    private static func error(_ contents: VocabularyContents) -> TokenizerError? {
        #expect(throws: TokenizerError.self) { try Tokenizer(contents) }
    }

    /// A whole file with the given metadata and no tensors.
    private static func metadata(_ edit: (inout GGUFWriter) -> Void) throws -> GGUFMetadata {
        var writer = GGUFWriter()
        writer[TokenizerKey.model] = .string("gpt2")
        writer[TokenizerKey.pretokenizer] = .string("gpt-2")
        writer[TokenizerKey.tokens] = .strings(TinyVocabulary.byteCharacters + ["he"])
        writer[TokenizerKey.merges] = .strings(["h e"])
        edit(&writer)
        return try GGUFFile(mapping: MappedFile(copying: writer.bytes, path: "test.gguf")).metadata
    }

    @Test("A file's own keys make a tokenizer")
    func soundFile() throws {
        let tokenizer = try Tokenizer(metadata: Self.metadata { _ in })
        #expect(tokenizer.vocabularySize == 257)
        #expect(tokenizer.encode("he") == [256])
    }

    @Test(
        "A missing key is named", arguments: [TokenizerKey.model, TokenizerKey.tokens, TokenizerKey.merges])
    func missingKeys(key: String) throws {
        let metadata = try Self.metadata { $0[key] = nil }
        let error = #expect(throws: TokenizerError.self) { try Tokenizer(metadata: metadata) }
        #expect(error?.key == key)
        #expect(error?.reason == .missing)
        #expect(error?.description.hasPrefix("test.gguf: \(key) is missing") == true)
    }

    @Test(
        "A key of the wrong type is an error",
        arguments: [
            TokenizerKey.model, TokenizerKey.tokens, TokenizerKey.merges, TokenizerKey.tokenTypes, TokenizerKey.scores,
            TokenizerKey.addSpacePrefix, TokenizerKey.addBeginningOfSequence, TokenizerKey.endOfSequence,
        ])
    func wrongTypes(key: String) throws {
        let metadata = try Self.metadata { $0[key] = .float64(1) }
        #expect(throws: GGUFError.self) { try Tokenizer(metadata: metadata) }
    }

    @Test("Unknown kinds are named, with what is known, on one line")
    func unknownKinds() {
        var contents = TokenizerFixtures.bytePair(merges: [])
        contents.pretokenizer = "no\nsuch"
        let pretokenizer = Self.error(contents)
        #expect(pretokenizer?.key == TokenizerKey.pretokenizer)
        #expect(pretokenizer?.description.contains("smollm") == true)
        #expect(pretokenizer?.description.contains("\n") == false)
        contents.model = "rwkv"
        let known = ["gpt2", "llama", "gemma4", "t5", "bert"]
        #expect(Self.error(contents)?.reason == .unsupported(found: "rwkv", known: known))
    }

    @Test("An empty vocabulary is an error")
    func empty() {
        var contents = TokenizerFixtures.bytePair(merges: [])
        contents.tokens = PackedStrings()
        #expect(Self.error(contents)?.reason == .empty)
    }

    @Test("Arrays that are too short are errors; longer ones do no harm")
    func lengths() throws {
        var contents = TokenizerFixtures.bytePair(merges: ["h e"])
        contents.tokenTypes = [1, 1]
        #expect(Self.error(contents)?.reason == .tooShort(expected: 257, found: 2))
        contents.tokenTypes = [Int](repeating: 1, count: 999)
        contents.scores = []
        #expect(Self.error(contents)?.key == TokenizerKey.scores)
        contents.scores = [Double](repeating: 0, count: 999)
        #expect(try Tokenizer(contents).encode("he") == [256])
    }

    @Test("An id beyond the vocabulary is an error; -1 means none", arguments: TokenizerKey.ids)
    func ids(key: String) throws {
        var contents = TokenizerFixtures.bytePair(merges: [])
        for id in [256, -2, Int(Int32.max), .min] {
            contents.ids[key] = id
            #expect(Self.error(contents)?.reason == .outOfRange(found: id, limit: 256))
        }
        for id in [-1, Int(UInt32.max), 255] {
            contents.ids[key] = id
            _ = try Tokenizer(contents)
        }
    }

    @Test("A sequence can't begin or end with a token that isn't named")
    func missingEnds() {
        var contents = TokenizerFixtures.bytePair(merges: [])
        contents.addBeginningOfSequence = true
        #expect(Self.error(contents)?.reason == .needs(key: TokenizerKey.beginningOfSequence))
        contents.addBeginningOfSequence = nil
        contents.addEndOfSequence = true
        #expect(Self.error(contents)?.reason == .needs(key: TokenizerKey.endOfSequence))
    }

    @Test("Merges that are no pairs of names are passed over")
    func brokenMerges() throws {
        var contents = TokenizerFixtures.bytePair(merges: ["h e"])
        contents.merges = .names(
            PackedStrings(["", " ", "h", "h ", " h", "h  e", "日 本", "h e e", "h e", "h e"]))
        #expect(try Tokenizer(contents).encode("he") == [256])
    }

    @Test("What merges make without being a token falls back to bytes, and may still merge on")
    func mergesOfStrangers() throws {
        var contents = TokenizerFixtures.bytePair(merges: [])
        contents.tokens = PackedStrings(TinyVocabulary.byteCharacters + ["xyz"])
        contents.tokenTypes = nil
        contents.merges = .names(PackedStrings(["x y", "xy z"]))
        let tokenizer = try Tokenizer(contents)
        #expect(tokenizer.encode("xyz") == [256])
        #expect(tokenizer.decode(tokenizer.encode("Ġxy é")) == "Ġxy é")
        #expect(tokenizer.encode("xy").count == 2)
    }

    @Test("Of equal tokens the first is used; empty ones are never found")
    func duplicates() throws {
        var contents = TokenizerFixtures.bytePair(merges: ["h e"])
        contents.tokens = PackedStrings(TinyVocabulary.byteCharacters + ["he", "he", "", "<x>", "<x>", ""])
        contents.tokenTypes = [Int](repeating: 1, count: 256) + [1, 1, 3, 3, 3, 4]
        let tokenizer = try Tokenizer(contents)
        #expect(tokenizer.encode("he<x>", parseSpecial: true) == [256, 259])
        #expect(tokenizer.bytes(of: 258, renderSpecial: true) == [])
    }

    @Test("Bytes that the vocabulary lacks are dropped")
    func missingBytes() throws {
        var contents = VocabularyContents()
        contents.model = "gpt2"
        contents.tokens = PackedStrings(["a", "b"])
        contents.merges = .names(PackedStrings(["a c", "c b"]))
        #expect(try Tokenizer(contents).encode("acb\u{0}") == [0, 1])
        #expect(try Tokenizer(contents).encode("") == [])
    }

    @Test("Byte tokens with broken names are no bytes")
    func brokenByteTokens() throws {
        var contents = TokenizerFixtures.sentencePiece([("<0xZZ>", 0), ("<0x1>", 0), ("<0x+1>", 0), ("", 0)])
        for token in 259..<263 { contents.tokenTypes?[token] = 6 }
        let tokenizer = try Tokenizer(contents)
        for token: TokenID in 259..<263 { #expect(tokenizer.bytes(of: token) == []) }
        #expect(tokenizer.bytes(of: 3 + 0x41) == [0x41])
    }

    @Test("Random types, scores and ids never crash")
    func randomContents() {
        var generator = SeededGenerator(seed: 99)
        let names = ["", " ", "a", "b", "ab", "▁", "<0x41>", "<s>", "\u{0}", "Ġ", "Ċ", "é", "日", "<|im_end|>", "</s>"]
        for round in 0..<300 {
            var contents = VocabularyContents()
            contents.model = ["llama", "gpt2", "gemma4", "t5", "bert"][round % 5]
            let count = Int.random(in: 1..<40, using: &generator)
            func random() -> String { names.randomElement(using: &generator) ?? "" }
            contents.tokens = PackedStrings((0..<count).map { _ in random() })
            contents.tokenTypes = (0..<count).map { _ in Int.random(in: -1...8, using: &generator) }
            contents.scores = (0..<count).map { _ in
                Double(bitPattern: UInt64.random(in: 0 ... .max, using: &generator))
            }
            if round % 2 == 0 {
                let units = (0..<64).map { _ in UInt8.random(in: 0 ... .max, using: &generator) }
                contents.characterMap = [64, 0, 0, 0] + units + [0x61, 0, 0x62]
            }
            contents.removeExtraWhitespaces = round % 4 == 0
            contents.merges = .names(PackedStrings((0..<20).map { _ in "\(random()) \(random())" }))
            if round % 3 == 0 { contents.ids[TokenizerKey.unknown] = Int.random(in: 0..<count, using: &generator) }
            contents.addBeginningOfSequence = false
            guard let tokenizer = try? Tokenizer(contents) else { continue }
            let text = (0..<30).map { _ in random() }.joined()
            for parses in [false, true] {
                let tokens = tokenizer.encode(text, parseSpecial: parses)
                #expect(tokens.allSatisfy { $0 >= 0 && $0 < count })
                _ = tokenizer.decode(tokens, renderSpecial: parses)
            }
        }
    }
}
