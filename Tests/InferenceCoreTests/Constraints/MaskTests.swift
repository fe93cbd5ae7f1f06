import EngineTestSupport
import Testing

@testable import InferenceCore

/// Masks of whole vocabularies against what each token does alone.
@Suite struct MaskTests {
    static func tiny(_ architecture: TinyModel.Architecture) throws -> Tokenizer {
        try Tokenizer(metadata: TinyModel(architecture).open().metadata)
    }

    /// Tokens that a copy of the matcher reads, or that end the answer where it may end.
    private func allowedOneByOne(_ matcher: ConstraintMatcher, _ tokenizer: Tokenizer) -> [TokenID] {
        (0..<TokenID(tokenizer.vocabularySize)).filter { token in
            if tokenizer.endOfGeneration.contains(token) { return matcher.isComplete }
            let bytes = tokenizer.bytes(of: token)
            var copy = matcher
            return !bytes.isEmpty && !tokenizer.isSpecial(token) && copy.advance(bytes: bytes) == bytes.count
        }
    }

    /// Walks at random through a constraint, comparing masks on the way.
    /// - Returns: the text, complete unless it was cut off.
    private func walk(
        _ constraint: TokenConstraint, _ tokenizer: Tokenizer, seed: UInt64, comparisons: Int, limit: Int = 300
    ) -> (bytes: [UInt8], isComplete: Bool) {
        var random = SeededGenerator(seed: seed)
        var matcher = constraint.matcher()
        var bytes: [UInt8] = []
        for step in 0..<limit where matcher.canContinue {
            let allowed = matcher.allowedTokens
            if step < comparisons { #expect(allowed == allowedOneByOne(matcher, tokenizer), "\(bytes)") }
            guard let token = allowed.isEmpty ? nil : allowed[Int(random.next() % UInt64(allowed.count))] else { break }
            if tokenizer.endOfGeneration.contains(token) { return (bytes, true) }
            bytes += tokenizer.bytes(of: token)
            let isRead = matcher.advance(token)
            #expect(isRead)
        }
        return (bytes, matcher.isComplete)
    }

    static let expressions = [
        "[a-z ]{0,30}", "(the|then|there) (hello|world)+", ".{0,12}", "\\d{1,3}(,\\d{3})*", "é{2}|[α-ω]{3}|😀+",
        "[^\\n]*\\n\\n?", "( the)*",
    ]

    @Test(
        "A mask has the tokens that can be read, one by one", arguments: TinyModel.Architecture.allCases, expressions)
    func regular(architecture: TinyModel.Architecture, source: String) throws {
        let tokenizer = try Self.tiny(architecture)
        let constraint = try Constraint.regularExpression(source)
        let bound = TokenConstraint(constraint, tokenizer: tokenizer)
        for seed in 0..<20 as Range<UInt64> {
            let (bytes, isComplete) = walk(bound, tokenizer, seed: seed, comparisons: 6)
            if isComplete { #expect(constraint.accepts(bytes), "\(bytes)") }
        }
    }

    @Test("Choices are written to the end, and end where they may")
    func choices() throws {
        let tokenizer = try Self.tiny(.llama)
        let labels = ["yes", "no", "not sure", "nothing", "Ünsicher", "hello world"]
        let bound = TokenConstraint(try .choices(labels), tokenizer: tokenizer)
        var seen: Set<String> = []
        for seed in 0..<300 as Range<UInt64> {
            let (bytes, isComplete) = walk(bound, tokenizer, seed: seed, comparisons: seed < 10 ? 10 : 0)
            #expect(isComplete)
            seen.insert(String(decoding: bytes, as: UTF8.self))
        }
        #expect(seen == Set(labels))
        var matcher = bound.matcher()
        #expect(matcher.advance(bytes: "no".utf8) == 2)
        #expect(matcher.isComplete && matcher.canContinue)
        #expect(matcher.advance(bytes: "w".utf8) == 0)
        #expect(matcher.advance(bytes: "t sure".utf8) == 6)
        #expect(matcher.isComplete && !matcher.canContinue)
    }

    @Test("No choices are none, and an empty one is complete at once")
    func noChoices() throws {
        #expect(throws: ConstraintError.self) { try Constraint.choices([]) }
        let matcher = TokenConstraint(try .choices([""]), tokenizer: try Self.tiny(.llama)).matcher()
        #expect(matcher.isComplete && !matcher.canContinue)
    }

    @Test("A set has the same tokens in both of its forms")
    func sets() {
        var bits = TokenBits(vocabularySize: 10_000)
        for token in stride(from: 3, to: 10_000, by: 7) { bits.insert(TokenID(token)) }
        let tokens = bits.set.tokens
        guard case .few = bits.set else {
            Issue.record("\(tokens.count) tokens should be a list")
            return
        }
        let many = TokenSet.many(bits.words)
        #expect(many.tokens == tokens && many.count == tokens.count && many.first == 3)
        for token in 0..<10_050 as Range<TokenID> { #expect(many.contains(token) == bits.set.contains(token)) }
    }

    @Test(
        "Every token of a vocabulary is in its trie once, under its bytes", arguments: TinyModel.Architecture.allCases)
    func trie(architecture: TinyModel.Architecture) throws {
        let tokenizer = try Self.tiny(architecture)
        let trie = tokenizer.trie
        var found: [TokenID: [UInt8]] = [:]
        var path: [UInt8] = []
        for (index, node) in trie.nodes.dropLast().enumerated() {
            path.removeLast(path.count - max(0, Int(node.depth) - 1))
            if node.depth > 0 { path.append(node.byte) }
            for place in node.firstToken..<trie.nodes[index + 1].firstToken {
                #expect(found.updateValue(path, forKey: trie.tokens[Int(place)]) == nil)
            }
        }
        for token in 0..<TokenID(tokenizer.vocabularySize) {
            let bytes = tokenizer.bytes(of: token)
            let isText =
                !bytes.isEmpty && !tokenizer.isSpecial(token) && !tokenizer.endOfGeneration.contains(token)
            #expect(found[token] == (isText ? bytes : nil))
        }
    }
}

extension MaskTests {
    @Test("The places of a long repetition share their masks, but for those near its end")
    func classes() throws {
        let tokenizer = try Self.tiny(.llama)
        let constraint = try Constraint.regularExpression("[a-z ]{0,1000}!")
        let classes = NodeClasses(constraint.automaton, depth: tokenizer.trie.longest).classes
        let count = Set(classes).count
        #expect(count > tokenizer.trie.longest / 2 && count < tokenizer.trie.longest + 10)
        // Nodes of a class have the same mask when it is found for each alone.
        var masks: [Int32: NodeMask] = [:]
        for node in stride(from: 0, to: constraint.automaton.nodeCount, by: 7) {
            var states = MatchStates(constraint.automaton)
            let mask = states.mask(
                of: Int32(node), tokenizer.trie, vocabularySize: tokenizer.vocabularySize)
            if let known = masks[classes[node]] {
                #expect(known.tokens == mask.tokens && known.ends == mask.ends)
            }
            masks[classes[node]] = mask
        }
        #expect(masks.count > 1)
    }
}
