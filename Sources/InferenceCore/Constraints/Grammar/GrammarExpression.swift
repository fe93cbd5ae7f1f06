/// What a rule of a grammar may read: a tree over bytes.
indirect enum GrammarExpression: Hashable, Sendable {
    /// These bytes; none at all is the empty text.
    case bytes([UInt8])
    /// One scalar of a set, as UTF-8; the empty set matches nothing.
    case scalar(ScalarSet)
    case sequence([GrammarExpression])
    /// Any of these; none of none.
    case choice([GrammarExpression])
    /// - atMost: nil for any number.
    case repetition(GrammarExpression, atLeast: Int, atMost: Int?)
    /// What another rule reads, by its index.
    case rule(Int)
    /// What a finished automaton reads.
    case automaton(ByteAutomaton)
    case members(MemberList)

    static let empty = GrammarExpression.bytes([])
    static let nothing = GrammarExpression.choice([])

    static func text(_ text: String) -> GrammarExpression { .bytes(Array(text.utf8)) }

    static func optional(_ expression: GrammarExpression) -> GrammarExpression {
        .repetition(expression, atLeast: 0, atMost: 1)
    }

    static func any(_ expression: GrammarExpression) -> GrammarExpression {
        .repetition(expression, atLeast: 0, atMost: nil)
    }

    /// One of some strings: shared beginnings are written once.
    static func strings(_ strings: [[UInt8]]) -> GrammarExpression {
        .automaton(ByteAutomaton(strings: strings))
    }
}

/// Items in their order, some of which may be left out, with a separator between those that are there.
struct MemberList: Hashable, Sendable {
    struct Member: Hashable, Sendable {
        var expression: GrammarExpression
        var isRequired: Bool
    }

    var members: [Member]
    /// What may follow them, any number of times.
    var rest: GrammarExpression?
    var separator: GrammarExpression
    /// How many there may be in all.
    var atLeast = 0
    var atMost: Int?
}

/// Rules that call each other by index; the first is the whole.
struct Grammar {
    struct Rule {
        var name: String
        var expression: GrammarExpression
        /// Whether its states are copied to where it is called: masks of one that isn't are shared by all callers.
        var isInlined = false
    }

    var notation: ConstraintError.Notation
    var rules: [Rule]
}
