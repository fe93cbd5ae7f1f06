import Testing

@testable import InferenceCore

@Suite("SentencePiece")
struct SentencePieceTests {
    private static let pieces: [(text: String, score: Double)] = [
        ("▁", -10), ("a", -11), ("b", -12), ("c", -13), ("ab", -1), ("bc", -0.5), ("▁a", -2), ("▁ab", -3), ("é", -14),
    ]
    private static func id(_ text: String) -> TokenID {
        TokenID(259 + (pieces.firstIndex { $0.text == text } ?? -259))
    }
    private static func byte(_ byte: UInt8) -> TokenID { TokenID(3 + Int(byte)) }

    @Test("The highest score merges first, the leftmost of equals")
    func order() throws {
        var contents = TokenizerFixtures.sentencePiece(Self.pieces)
        contents.addSpacePrefix = false
        contents.addBeginningOfSequence = false
        #expect(try Tokenizer(contents).encode("abc") == [Self.id("a"), Self.id("bc")])
        contents.scores = nil
        #expect(try Tokenizer(contents).encode("abc") == [Self.id("ab"), Self.id("c")])
    }

    @Test("A space comes before the text, and after special tokens, unless the file says otherwise")
    func spacePrefix() throws {
        var contents = TokenizerFixtures.sentencePiece(Self.pieces)
        let tokenizer = try Tokenizer(contents)
        #expect(tokenizer.encode("ab") == [1, Self.id("▁ab")])
        #expect(tokenizer.encode("") == [1])
        let parsed = tokenizer.encode("a<s>a</s>", parseSpecial: true)
        #expect(parsed == [1, Self.id("▁a"), 1, Self.id("▁a"), 2])
        #expect(tokenizer.decode(tokenizer.encode("a b")) == " a b")
        contents.addSpacePrefix = false
        #expect(try Tokenizer(contents).encode("a") == [1, Self.id("a")])
    }

    @Test("Nothing comes before a text that goes on, and it has no special tokens")
    func continuation() throws {
        let tokenizer = try Tokenizer(TokenizerFixtures.sentencePiece(Self.pieces))
        #expect(tokenizer.encode(continuation: "ab") == [Self.id("ab")])
        #expect(tokenizer.encode(continuation: " ab") == [Self.id("▁ab")])
        #expect(tokenizer.encode(continuation: "").isEmpty)
        let spelled = tokenizer.encode(continuation: "a</s>")
        #expect(spelled.first == Self.id("a") && !spelled.contains(2))
        #expect(tokenizer.decode(spelled) == "a</s>")
    }

    @Test("What is no token is bytes, and what has no byte token is unknown")
    func byteFallback() throws {
        var contents = TokenizerFixtures.sentencePiece(Self.pieces)
        contents.addSpacePrefix = false
        contents.addBeginningOfSequence = false
        let tokenizer = try Tokenizer(contents)
        #expect(tokenizer.encode("ñé") == [Self.byte(0xC3), Self.byte(0xB1), Self.id("é")])
        #expect(tokenizer.encode(bytes: [0xFF, 0x00]) == [Self.byte(0xFF), Self.byte(0x00)])
        #expect(tokenizer.decode([Self.byte(0xC3), Self.byte(0xB1)]) == "ñ")
        var bare = VocabularyContents()
        bare.model = "llama"
        bare.tokens = PackedStrings(["<unk>", "<s>", "</s>", "a"])
        bare.tokenTypes = [2, 3, 3, 1]
        bare.addSpacePrefix = false
        #expect(try Tokenizer(bare).encode("añ", addSpecial: false) == [3, 0, 0])
    }

    @Test("Words are cut only where no token reaches across")
    func tokensAcrossSpaces() throws {
        var contents = TokenizerFixtures.sentencePiece([
            ("▁", -10), ("a", -11), ("b", -12), ("▁b", -5), ("a▁", -3), ("a▁b", -1),
        ])
        contents.addSpacePrefix = false
        contents.addBeginningOfSequence = false
        #expect(try Tokenizer(contents).encode("a b a") == [264, 259, 260])
    }

    @Test("Scores order merges even at the ends of what a float can be")
    func extremeScores() throws {
        var contents = TokenizerFixtures.sentencePiece([
            ("a", 0), ("b", 0), ("c", 0), ("ab", -.infinity), ("bc", .nan), ("ca", .infinity),
        ])
        contents.addSpacePrefix = false
        contents.addBeginningOfSequence = false
        #expect(try Tokenizer(contents).encode("abca") == [262, 264])
        #expect(try Tokenizer(contents).encode("abc") == [262, 261])
    }
}
