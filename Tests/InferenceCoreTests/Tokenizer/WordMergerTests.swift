import EngineTestSupport
import Testing

@testable import InferenceCore

@Suite("Merging words")
struct WordMergerTests {
    /// Pairs of small numbers, in random order; some pairs make what no other rule mentions.
    private struct RandomRules: MergeRules {
        nonisolated(unsafe) static let nothing = UnsafeRawBufferPointer(start: nil, count: 0)

        var merges: [[TokenID]: Merge] = [:]

        init(seed: UInt64, ties: Bool) {
            var generator = SeededGenerator(seed: seed)
            for left: TokenID in 0..<12 {
                for right: TokenID in 0..<12 where Int.random(in: 0..<3, using: &generator) > 0 {
                    let order = UInt32.random(in: 0..<(ties ? 6 : 1_000_000), using: &generator)
                    let made = TokenID.random(in: 0..<14, using: &generator)
                    merges[[left, right]] = Merge(order: order, token: made)
                }
            }
        }

        func merge(_ left: TokenID, _ right: TokenID, spanning bytes: UnsafeRawBufferPointer, cut: Int) -> Merge {
            merges[[left, right]] ?? .none
        }

        /// The definition, word for word: find the best pair of all, merge it, begin anew.
        func merged(_ tokens: [TokenID]) -> [TokenID] {
            var tokens = tokens
            while true {
                var best: (index: Int, merge: Merge)?
                for index in tokens.indices.dropLast() {
                    let merge = merge(tokens[index], tokens[index + 1], spanning: Self.nothing, cut: 0)
                    if merge.exists, merge.order < (best?.merge.order ?? .max) { best = (index, merge) }
                }
                guard let best else { return tokens }
                tokens.replaceSubrange(best.index...best.index + 1, with: [best.merge.token])
            }
        }
    }

    @Test("Short and long words merge in the defined order", arguments: [false, true])
    func order(ties: Bool) {
        var generator = SeededGenerator(seed: 5)
        var merger = WordMerger()
        for round in 0..<300 {
            let rules = RandomRules(seed: UInt64(round), ties: ties)
            let tokens = (0..<round / 2).map { _ in TokenID.random(in: 0..<8, using: &generator) }
            let word = [UInt8](repeating: 0, count: tokens.count)
            merger.symbols = tokens.enumerated().map { index, token in
                WordMerger.Symbol(token: token, start: Int32(index), end: Int32(index + 1))
            }
            word.withUnsafeBytes { merger.merge($0, with: rules) }
            #expect(merger.symbols.map(\.token) == rules.merged(tokens))
            var end: Int32 = 0
            for symbol in merger.symbols {
                #expect(symbol.start == end && symbol.end > symbol.start)
                end = symbol.end
            }
            #expect(Int(end) == tokens.count)
        }
    }

    @Test("A long word of one letter is merged in time")
    func longWord() throws {
        let merges = ["a a", "aa aa", "aaaa aaaa"]
        let tokenizer = try Tokenizer(TokenizerFixtures.bytePair(merges: merges))
        let word = [UInt8](repeating: UInt8(ascii: "a"), count: 100_003)
        let tokens = tokenizer.encode(bytes: word)
        #expect(tokens.count == 12_500 + 2)
        #expect(tokens.prefix(12_500).allSatisfy { $0 == 258 })
    }

    @Test("Words seen before have the same tokens again")
    func cache() throws {
        let merges = ["Ġ t", "h e", "Ġt he"]
        let tokenizer = try Tokenizer(TokenizerFixtures.bytePair(merges: merges))
        let line = " the other thee"
        let once = tokenizer.encode(line)
        let many = tokenizer.encode(String(repeating: line, count: 1000))
        #expect(many == Array(repeatElement(once, count: 1000).joined()))
        #expect(once.first == 258)
    }

    @Test("Many threads may ask for the first tokens at once")
    func threads() async throws {
        let tokenizer = try Tokenizer(TokenizerFixtures.bytePair(merges: ["h e", "l l", "he ll", "hell o"]))
        await withTaskGroup(of: [TokenID].self) { group in
            for _ in 0..<16 { group.addTask { tokenizer.encode("hello") } }
            for await tokens in group { #expect(tokens == [259]) }
        }
    }
}
