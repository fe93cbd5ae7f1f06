import EngineTestSupport
import Testing

@testable import InferenceCore

@Suite("Special tokens")
struct SpecialTokenTests {
    /// llama.cpp's way: for each token, longest first, search the stretches of text that are left.
    private static func naivePieces(_ text: [UInt8], _ tokens: [(id: TokenID, name: [UInt8])]) -> [TextPiece] {
        var pieces: [TextPiece] = text.isEmpty ? [] : [.text(0..<text.count)]
        let ordered = tokens.sorted { ($1.name.count, $0.id) < ($0.name.count, $1.id) }
        for token in ordered {
            pieces = pieces.flatMap { piece -> [TextPiece] in
                guard case .text(let range) = piece else { return [piece] }
                var result: [TextPiece] = []
                var start = range.lowerBound
                var position = start
                while position + token.name.count <= range.upperBound {
                    guard text[position...].starts(with: token.name) else {
                        position += 1
                        continue
                    }
                    if start < position { result.append(.text(start..<position)) }
                    result.append(.token(token.id))
                    position += token.name.count
                    start = position
                }
                if start < range.upperBound { result.append(.text(start..<range.upperBound)) }
                return result
            }
        }
        return pieces
    }

    @Test("Overlapping candidates fall as in a search token by token")
    func overlaps() throws {
        let names = ["<a>", "<a><b>", "a><b", "<b>", "><", "\n", "\n\n", "\n\n\n", "<a", "b>\n", "<a><b>\n\n"]
        let contents = TokenizerFixtures.bytePair(merges: [], controls: names)
        let vocabulary = try Vocabulary(contents)
        let matcher = SpecialTokenMatcher(vocabulary) { $0.isSpecial }
        let tokens = names.enumerated().map { (id: TokenID(256 + $0.offset), name: Array($0.element.utf8)) }
        var generator = SeededGenerator(seed: 8)
        for length in 0..<400 {
            let text = (0..<length / 4).map { _ in Array("<a><b>\n\nx".utf8).randomElement(using: &generator) ?? 0 }
            let found = text.withUnsafeBytes { matcher.pieces(of: $0) }
            #expect(found == Self.naivePieces(text, tokens), "\(text)")
        }
    }

    @Test("Control tokens are text unless they are parsed; user-defined ones never are")
    func parsing() throws {
        var contents = TokenizerFixtures.bytePair(merges: [], controls: ["<|x|>", "<tool>", "<odd>"])
        contents.tokenTypes?[257] = 4
        contents.tokenTypes?[258] = 2
        let tokenizer = try Tokenizer(contents)
        #expect(tokenizer.encode("<|x|>").count == 5)
        #expect(tokenizer.encode("<|x|>", parseSpecial: true) == [256])
        #expect(tokenizer.encode("<tool>") == [257])
        #expect(tokenizer.encode("<odd>").count == 5)
        #expect(tokenizer.encode("<odd><|x|>", parseSpecial: true) == [258, 256])
        #expect(tokenizer.decode([256, 257, 258]) == "<tool>")
        #expect(tokenizer.decode([256, 257, 258], renderSpecial: true) == "<|x|><tool><odd>")
    }

    @Test("Beginning and end are added on request only, and only where the file says so")
    func sequenceEnds() throws {
        var contents = TokenizerFixtures.bytePair(merges: [], controls: ["<s>", "</s>"])
        contents.ids = [TokenizerKey.beginningOfSequence: 256, TokenizerKey.endOfSequence: 257]
        #expect(try Tokenizer(contents).encode("a") == [97])
        contents.addBeginningOfSequence = true
        contents.addEndOfSequence = true
        let tokenizer = try Tokenizer(contents)
        #expect(tokenizer.addsBeginningOfSequence && tokenizer.addsEndOfSequence)
        #expect(tokenizer.encode("a") == [256, 97, 257])
        #expect(tokenizer.encode("a", addSpecial: false) == [97])
        #expect(tokenizer.endOfGeneration == [257])
    }

    @Test("A name makes an end of generation of a token, whatever its type")
    func namedEnds() throws {
        var contents = TokenizerFixtures.bytePair(
            merges: ["< e"], controls: ["<eos>", "<|im_end|>", "<|file_sep|>", "<x>"])
        contents.tokenTypes?[257] = 1
        let tokenizer = try Tokenizer(contents)
        #expect(tokenizer.endOfGeneration == [257, 258, 259])
        #expect(tokenizer.bytes(of: 257) == [])
        #expect(tokenizer.encode("<eos>", parseSpecial: true) == [257])
    }

    @Test("Harmony's <|end|> ends a message, not a generation")
    func exceptions() throws {
        let names = ["<|end|>", "<|return|>", "<|call|>", "<|channel|>"]
        let all = try Tokenizer(TokenizerFixtures.bytePair(merges: [], controls: names))
        #expect(all.endOfGeneration == [257, 258])
        #expect(all.decode([256, 259]) == "<|end|><|channel|>")
        let alone = try Tokenizer(TokenizerFixtures.bytePair(merges: [], controls: ["<|end|>"]))
        #expect(alone.endOfGeneration == [256])
    }

    @Test("Phi-3's special tokens swallow the whitespace after them")
    func strippedWhitespace() throws {
        var contents = TokenizerFixtures.bytePair(merges: [], controls: ["<|end|>", "<s>"])
        #expect(try Tokenizer(contents).encode("<|end|> \na", parseSpecial: true).count == 4)
        contents.modelName = "Phi-3 Mini"
        let tokenizer = try Tokenizer(contents)
        #expect(tokenizer.encode("<|end|> \na", parseSpecial: true) == [256, 97])
        #expect(tokenizer.encode("<s> a", parseSpecial: true).count == 3)
    }
}
