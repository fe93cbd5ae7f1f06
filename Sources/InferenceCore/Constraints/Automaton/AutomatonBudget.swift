/// What making an automaton may take, so that a constraint which would be exponential ends in an error.
struct AutomatonBudget {
    /// Nodes of one rule before it is made deterministic.
    static let nodes = 200_000
    /// Nodes of all rules' deterministic automata.
    static let states = 100_000
    /// Places looked at while they are made deterministic.
    static let steps = 6_000_000

    let notation: ConstraintError.Notation
    private var statesLeft = states
    private var stepsLeft = steps

    init(_ notation: ConstraintError.Notation) {
        self.notation = notation
    }

    mutating func takeState() throws(ConstraintError) {
        statesLeft -= 1
        if statesLeft < 0 { throw .tooLarge(notation, what: "states", limit: Self.states) }
    }

    mutating func take(steps: Int) throws(ConstraintError) {
        stepsLeft -= steps
        if stepsLeft < 0 { throw .tooLarge(notation, what: "steps to find its states", limit: Self.steps) }
    }
}
