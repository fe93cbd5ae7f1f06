import EngineTestSupport
import Testing

@testable import InferenceCore

@Suite("Merges as cuts")
struct MergeListTests {
    /// The merges as a file would give them.
    private static func list(_ merges: [String], tokens: PackedStrings, types: [Int]?) -> MergeList {
        let names = PackedStrings(merges)
        return names.bytes.withUnsafeBytes { bytes in
            MergeList(count: names.count, tokens: tokens, types: types) {
                UnsafeRawBufferPointer(rebasing: bytes[names.range($0)])
            }
        }
    }

    private static func isCuts(_ list: MergeList) -> Bool {
        if case .cuts = list { true } else { false }
    }

    /// The tokens of random texts, with the merges as cuts where the vocabulary allows it, and as names.
    private func expectSame(_ merges: [String], _ edit: (inout VocabularyContents) -> Void = { _ in }) throws -> Bool {
        var byName = TokenizerFixtures.bytePair(merges: merges)
        edit(&byName)
        var contents = byName
        let list = Self.list(merges, tokens: contents.tokens, types: contents.tokenTypes)
        contents.merges = list
        let (one, other) = try (Tokenizer(contents), Tokenizer(byName))
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<200 {
            let text = (0..<Int.random(in: 1..<80, using: &generator)).map { _ in
                Array("aabbcé ".utf8).randomElement(using: &generator) ?? 0
            }
            #expect(one.encode(bytes: text) == other.encode(bytes: text))
        }
        return Self.isCuts(list)
    }

    @Test("a run of tokens is known by its cuts, and merges as the names say")
    func cuts() throws {
        // "a" and "bc" may stand side by side, but nothing says that they merge.
        let merges = ["a b", "b c", "Ġ a", "ab c", "Ã ©", "a Ã©", "aÃ© c", "a a", "aa aa", "Ġa b"]
        #expect(try expectSame(merges))
        let list = Self.list(merges, tokens: TokenizerFixtures.bytePair(merges: merges).tokens, types: nil)
        guard case .cuts(let cuts, let first) = list else { return #expect(Bool(false), "\(list)") }
        #expect(cuts == [1, 1, 1, 2, 1, 1, 3, 1, 2, 2])
        #expect(first == 256)
    }

    @Test(
        "other lists keep their names",
        arguments: [
            ["ab", "a b"], ["a b", " ab"], ["a b c"], ["a b", "Ġ Ġ c"], [],
        ])
    func names(merges: [String]) throws {
        #expect(try !expectSame(merges))
    }

    @Test("a merge isn't cut inside a character")
    func insideCharacter() {
        let tokens = PackedStrings(["é"])
        var names = PackedStrings()
        [0xC3, 0x20, 0xA9 as UInt8].withUnsafeBytes { names.append($0) }
        let list = names.bytes.withUnsafeBytes { bytes in
            MergeList(count: 1, tokens: tokens, types: nil) { _ in bytes }
        }
        #expect(!Self.isCuts(list))
    }

    @Test("tokens that are equal to others, or stand for no bytes, merge as the names say")
    func exceptions() throws {
        // Merges that make the same token.
        #expect(try expectSame(["a b", "a b"]))
        #expect(try expectSame(["a b", "ab c", "b c", "a bc"]))
        let merges = ["b c", "a b", "ab c", "a a"]
        // A second "ab" at the vocabulary's beginning takes the place of the one that is merged.
        #expect(
            try expectSame(merges) { contents in
                contents.tokens = PackedStrings(["ab"] + contents.tokens.all)
                contents.tokenTypes = [1] + (contents.tokenTypes ?? [])
            })
        // A token outside the alphabet, of the normal type.
        #expect(
            try expectSame(["a b", "日 本", "ab c", "b c"]) { contents in
                contents.tokenTypes = nil
            })
        // A merge that makes a control token.
        #expect(
            try !expectSame(merges) { contents in
                contents.tokenTypes?[257] = 3
            })
    }
}

extension PackedStrings {
    fileprivate var all: [String] { (0..<count).map { String(decoding: string($0), as: UTF8.self) } }
}
