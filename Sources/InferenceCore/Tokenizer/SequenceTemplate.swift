/// The special tokens that go around a text, or around two.
struct SequenceTemplate: Sendable, Equatable {
    /// What stands in one place of a sequence, and which of the two texts it belongs to.
    enum Part: Sendable, Equatable {
        case token(TokenID, segment: Int32)
        case first(segment: Int32)
        case second(segment: Int32)
    }

    var prefix: [TokenID] = []
    var suffix: [TokenID] = []
    var pair: [Part] = []

    /// A text between tokens; of a pair, each text is followed by the same tokens.
    init(prefix: [TokenID], suffix: [TokenID]) {
        self.prefix = prefix
        self.suffix = suffix
        pair = prefix.map { .token($0, segment: 0) } + [.first(segment: 0)] + suffix.map { .token($0, segment: 0) }
        pair += [.second(segment: 1)] + suffix.map { .token($0, segment: 1) }
    }
}

/// Two texts as one sequence, for models that compare or answer.
public struct PairEncoding: Sendable, Equatable {
    public internal(set) var tokens: [TokenID] = []
    /// 0 or 1 for each token: BERT's token types.
    public internal(set) var segments: [Int32] = []
    /// Where the tokens of each text are.
    public internal(set) var first = 0..<0
    public internal(set) var second = 0..<0
}
