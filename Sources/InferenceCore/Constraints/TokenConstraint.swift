import Synchronization

/// A constraint for the tokens of one vocabulary. Sessions that share it share the masks that they find; those take at
/// most ``maximumMaskBytes``.
public final class TokenConstraint: Sendable {
    public let constraint: Constraint
    let tokenizer: Tokenizer
    let trie: TokenTrie
    private let masks: Mutex<Masks>

    /// Bytes of the masks that are kept.
    public static let maximumMaskBytes = 32 << 20
    /// States that are kept for finding masks, in units of about a hundred bytes.
    private static let maximumSize = 100_000

    private struct Masks {
        var states: MatchStates
        /// Found when the first mask is wanted.
        var classes: NodeClasses?
        /// By class.
        var known: [Int32: NodeMask] = [:]
        var bytes = 0
    }

    /// - Parameter tokenizer: of the model that is to answer.
    public init(_ constraint: Constraint, tokenizer: Tokenizer) {
        self.constraint = constraint
        self.tokenizer = tokenizer
        trie = tokenizer.trie
        masks = Mutex(Masks(states: MatchStates(constraint.automaton)))
    }

    /// The beginning of an answer.
    public func matcher() -> ConstraintMatcher {
        ConstraintMatcher(self)
    }

    /// - Parameters:
    ///   - prefix: the beginning of the answer, if there is one already.
    ///   - endsAnswer: whether tokens that end the answer are allowed where it may end.
    /// - Throws: ``ConstraintError`` if the model has another vocabulary, or the beginning isn't allowed.
    func matcher(
        for model: Model, after prefix: [UInt8], endsAnswer: Bool
    ) throws(ConstraintError) -> ConstraintMatcher {
        guard tokenizer.hasSameVocabulary(as: model.tokenizer) else { throw .otherVocabulary(path: model.path) }
        var matcher = ConstraintMatcher(self, endsAnswer: endsAnswer)
        let count = matcher.advance(bytes: prefix)
        guard count == prefix.count else { throw .prefixNotAllowed(byte: count + 1) }
        return matcher
    }

    /// The mask of a node of the automaton.
    func mask(of node: Int32) -> NodeMask {
        masks.withLock { masks in
            let classes = masks.classes ?? NodeClasses(constraint.automaton, depth: trie.longest)
            masks.classes = classes
            let nodeClass = classes.classes[Int(node)]
            if let mask = masks.known[nodeClass] { return mask }
            if masks.states.size > Self.maximumSize { masks.states = MatchStates(constraint.automaton) }
            let mask = masks.states.mask(of: node, trie, vocabularySize: tokenizer.vocabularySize)
            if masks.bytes + mask.byteCount > Self.maximumMaskBytes {
                masks.known = [:]
                masks.bytes = 0
            }
            masks.known[nodeClass] = mask
            masks.bytes += mask.byteCount
            return mask
        }
    }
}

extension TokenConstraint: Equatable {
    public static func == (first: TokenConstraint, second: TokenConstraint) -> Bool { first === second }
}
