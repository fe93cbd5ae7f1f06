import EngineTestSupport
import Testing

@testable import InferenceCore

/// Constraints made at random: whatever is written under them is what an independent recogniser reads.
@Suite struct RandomConstraintTests {
    private static func tokenizers() throws -> [Tokenizer] {
        try [MaskTests.tiny(.llama), MaskTests.tiny(.gemma3)]
            + ["smollm2-135m-instruct"].compactMap { try TokenizerFixtures.tokenizer($0) }
    }

    /// Nothing for a grammar that nothing can satisfy, and for one whose left recursion can't be turned round.
    private static func compiled(
        _ grammar: RandomGrammar
    ) throws -> (constraint: Constraint?, error: ConstraintError?) {
        do throws(ConstraintError) {
            return (try Constraint.grammar(grammar.source), nil)
        } catch {
            switch error {
            case .unsatisfiable, .leftRecursion: return (nil, error)
            default: throw error
            }
        }
    }

    /// Writes tokens at random, with some weight on ending, until the answer is complete or too long.
    private func write(_ constraint: TokenConstraint, seed: UInt64, limit: Int = 24) -> String? {
        var random = SeededGenerator(seed: seed)
        var matcher = constraint.matcher()
        var bytes: [UInt8] = []
        for _ in 0..<limit {
            if !matcher.canContinue || matcher.isComplete && random.next() % 3 == 0 { break }
            let allowed = matcher.allowedTokens.filter { !constraint.tokenizer.endOfGeneration.contains($0) }
            guard !allowed.isEmpty else { break }
            let token = allowed[Int(random.next() % UInt64(allowed.count))]
            bytes += constraint.tokenizer.bytes(of: token)
            let isRead = matcher.advance(token)
            #expect(isRead)
        }
        return matcher.isComplete ? String(validating: bytes, as: UTF8.self) : nil
    }

    @Test("What is written under a random grammar is what it reads", arguments: 0..<150 as Range<UInt64>)
    func grammars(seed: UInt64) throws {
        let grammar = RandomGrammar(seed: seed)
        guard let constraint = try Self.compiled(grammar).constraint else { return }
        for tokenizer in try Self.tokenizers() {
            let bound = TokenConstraint(constraint, tokenizer: tokenizer)
            for walk in 0..<4 as Range<UInt64> {
                guard let text = write(bound, seed: seed * 100 + walk), text.count < 60 else { continue }
                #expect(grammar.reads(text), "\(grammar.source)\n\(text.debugDescription)")
            }
        }
        // The other way round: what isn't read isn't accepted, and what is read is.
        var random = SeededGenerator(seed: seed)
        let letters = Array("aabbcéxyz the\"\\hello")
        for _ in 0..<60 {
            let text = String(
                (0..<Int(random.next() % 7)).map { _ in letters[Int(random.next() % UInt64(letters.count))] })
            #expect(constraint.accepts(text) == grammar.reads(text), "\(grammar.source)\n\(text.debugDescription)")
        }
    }

    @Test("Most random grammars can be met")
    func share() throws {
        var (met, leftRecursive) = (0, 0)
        for seed in 0..<150 as Range<UInt64> {
            let outcome = try Self.compiled(RandomGrammar(seed: seed))
            if outcome.constraint != nil { met += 1 }
            if case .leftRecursion? = outcome.error { leftRecursive += 1 }
        }
        #expect(met >= 110 && leftRecursive <= 20, "\(met) met, \(leftRecursive) left recursive")
    }
}
