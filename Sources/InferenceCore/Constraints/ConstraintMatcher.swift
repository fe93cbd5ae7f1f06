import Synchronization

/// How far an answer has come in its constraint. A value: a copy goes its own way, and is cheap.
public struct ConstraintMatcher: Sendable {
    public let constraint: TokenConstraint
    private let endsAnswer: Bool
    private var tables: Tables
    private var state: Int32

    /// What was found so far; copies of a matcher share it.
    private final class Tables: Sendable {
        struct Contents {
            var states: MatchStates
            var masks: [Int32: TokenSet] = [:]
            var maskBytes = 0
        }

        let contents: Mutex<Contents>

        init(_ states: MatchStates) {
            contents = Mutex(Contents(states: states))
        }
    }

    /// States that are kept, in units of about a hundred bytes, and bytes of their masks.
    private static let maximumSize = 100_000
    private static let maximumMaskBytes = 4 << 20

    /// - Parameter endsAnswer: whether tokens that end the answer are allowed where it may end.
    init(_ constraint: TokenConstraint, endsAnswer: Bool = true) {
        self.constraint = constraint
        self.endsAnswer = endsAnswer
        var states = MatchStates(constraint.constraint.automaton)
        state = states.start(at: constraint.constraint.automaton.start)
        tables = Tables(states)
    }

    /// Whether the answer may end here.
    public var isComplete: Bool {
        tables.contents.withLock { $0.states.states[Int(state)].isAccepting }
    }

    /// Whether the answer may go on; where it may neither go on nor end, the vocabulary lacks a token.
    public var canContinue: Bool {
        tables.contents.withLock { !$0.states.states[Int(state)].places.isEmpty }
    }

    /// Whether a token may come next.
    public func allows(_ token: TokenID) -> Bool {
        target(of: token) != MatchStates.dead
    }

    /// The tokens that may come next, ascending; those that end the answer among them where it may end.
    public var allowedTokens: [TokenID] { mask.tokens }

    /// Reads a token.
    /// - Returns: whether it is allowed; otherwise nothing changes.
    public mutating func advance(_ token: TokenID) -> Bool {
        let target = target(of: token)
        guard target != MatchStates.dead else { return false }
        state = target
        renewTables()
        return true
    }

    /// Reads a part of the answer.
    /// - Returns: how many bytes are allowed; where that isn't all of them, nothing changes.
    public mutating func advance(bytes: some Sequence<UInt8>) -> Int {
        var count = 0
        let target = tables.contents.withLock { [state] contents in
            var target = state
            for byte in bytes {
                target = contents.states.advance(target, byte)
                if target == MatchStates.dead { break }
                count += 1
            }
            return target
        }
        if target != MatchStates.dead { state = target }
        renewTables()
        return count
    }

    /// The state behind a token; the same one behind a token that ends the answer.
    private func target(of token: TokenID) -> Int32 {
        let trie = constraint.trie
        if trie.endOfGeneration.contains(token) { return endsAnswer && isComplete ? state : MatchStates.dead }
        guard token >= 0, Int(token) < trie.strings.count else { return MatchStates.dead }
        return trie.strings.withString(Int(token)) { [state] bytes in
            bytes.isEmpty ? MatchStates.dead : tables.contents.withLock { $0.states.advance(state, bytes) }
        }
    }

    /// Begins new tables where these hold too much: other copies keep the old ones for as long as they need them.
    private mutating func renewTables() {
        let renewed: (MatchStates, Int32)? = tables.contents.withLock { [state] contents in
            guard contents.states.size > Self.maximumSize else { return nil }
            var states = MatchStates(contents.states.automaton)
            let adopted = states.adopt(state, of: contents.states)
            return (states, adopted)
        }
        guard let renewed else { return }
        tables = Tables(renewed.0)
        state = renewed.1
    }
}

extension ConstraintMatcher {
    /// The tokens that may come next.
    var mask: TokenSet {
        tables.contents.withLock { [state] contents in
            if let mask = contents.masks[state] { return mask }
            let mask = findMask(&contents.states)
            if contents.maskBytes + mask.byteCount > Self.maximumMaskBytes {
                contents.masks = [:]
                contents.maskBytes = 0
            }
            contents.masks[state] = mask
            contents.maskBytes += mask.byteCount
            return mask
        }
    }

    private func findMask(_ states: inout MatchStates) -> TokenSet {
        let current = states.states[Int(state)]
        let trie = constraint.trie
        let masks = current.places.map { constraint.mask(of: $0.node) }
        if masks.count == 1, current.places[0].stacks == StackSets.empty, !current.isAccepting {
            return masks[0].tokens
        }
        var bits = TokenBits(vocabularySize: constraint.tokenizer.vocabularySize)
        var path: [Int32] = []
        for (place, mask) in zip(current.places, masks) {
            bits.formUnion(mask.tokens)
            let caller = states.returning(from: place.stacks)
            guard caller != MatchStates.dead else { continue }
            for end in mask.ends { states.mark(below: Int(end), of: trie, from: caller, in: &bits, &path) }
        }
        if current.isAccepting, endsAnswer { for token in trie.endOfGeneration { bits.insert(token) } }
        return bits.set
    }
}
