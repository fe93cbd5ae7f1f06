/// A grammar as one automaton over bytes with a stack: rules are finite automata, and a rule that calls another one
/// remembers where it goes on.
///
/// Every node lies on a way to the end, so whatever has been read can be completed.
struct PushdownAutomaton: Sendable {
    struct Call: Hashable, Sendable {
        /// The called rule's first node.
        var start: Int32
        /// Where the caller goes on.
        var target: Int32
        /// Whether the caller has nothing left to do then: its own caller is returned to at once.
        var isTail: Bool
    }

    /// Edges of node n are `edges[firstEdge[n]..<firstEdge[n + 1]]`, by their bytes; calls likewise.
    private(set) var firstEdge: [Int32] = [0]
    private(set) var edges: [ByteAutomaton.Edge] = []
    private(set) var firstCall: [Int32] = [0]
    private(set) var calls: [Call] = []
    /// Whether a rule may end here.
    private(set) var isFinal: [Bool] = []
    private(set) var start: Int32 = 0
    /// Bytes between which no edge tells a difference have the same class.
    private(set) var byteClasses = [UInt8](repeating: 0, count: 256)
    private(set) var classCount = 1
    /// A byte of each class.
    private(set) var representatives: [UInt8] = [0]

    var nodeCount: Int { isFinal.count }

    func hasEdges(_ node: Int32) -> Bool { firstEdge[Int(node)] < firstEdge[Int(node) + 1] }

    func calls(of node: Int32) -> ArraySlice<Call> {
        calls[Int(firstCall[Int(node)])..<Int(firstCall[Int(node) + 1])]
    }

    func edges(of node: Int32) -> ArraySlice<ByteAutomaton.Edge> {
        edges[Int(firstEdge[Int(node)])..<Int(firstEdge[Int(node) + 1])]
    }

    /// Where a byte leads to from a node.
    func target(of node: Int32, _ byte: UInt8) -> Int32? {
        var (low, high) = (Int(firstEdge[Int(node)]), Int(firstEdge[Int(node) + 1]))
        let end = high
        while low < high {
            let middle = (low + high) / 2
            if edges[middle].high >= byte { high = middle } else { low = middle + 1 }
        }
        return low < end && edges[low].low <= byte ? edges[low].target : nil
    }
}

extension PushdownAutomaton {
    /// - Throws: ``ConstraintError`` where nothing satisfies the grammar, it would be too large, or it calls itself
    ///   before anything is read.
    init(_ grammar: Grammar) throws(ConstraintError) {
        var grammar = grammar
        try grammar.turnLeftRecursion()
        var budget = AutomatonBudget(grammar.notation)
        var automata = [ByteAutomaton?](repeating: nil, count: grammar.rules.count)
        let inlined = grammar.rules.map { $0.isInlined ? $0.expression : nil }
        var wanted = [0]
        while let rule = wanted.popLast() {
            guard automata[rule] == nil else { continue }
            let automaton = try NondeterministicAutomaton(
                grammar.rules[rule].expression, notation: grammar.notation, inlined: inlined
            ).determinized(&budget)
            automata[rule] = automaton
            wanted += automaton.nodes.flatMap { $0.calls.map { Int($0.rule) } }
        }
        var rules = RuleAutomata(automata)
        rules.removeDeadEnds()
        guard rules.isProductive[0] else {
            throw .unsatisfiable(grammar.notation, reason: "no text of finite length matches it")
        }
        if let rule = rules.leftRecursiveRule { throw .leftRecursion(rule: grammar.rules[rule].name) }
        join(rules)
    }

    private mutating func join(_ rules: RuleAutomata) {
        var starts = [Int32](repeating: 0, count: rules.automata.count)
        var next: Int32 = 0
        for (rule, automaton) in rules.automata.enumerated() {
            guard let automaton else { continue }
            starts[rule] = next
            next += Int32(automaton.nodes.count)
        }
        start = starts[0]
        for (rule, automaton) in rules.automata.enumerated() {
            guard let automaton else { continue }
            let first = starts[rule]
            for node in automaton.nodes {
                edges += node.edges.map { .init(low: $0.low, high: $0.high, target: first + $0.target) }
                calls += node.calls.map { call in
                    let after = automaton.nodes[Int(call.target)]
                    return Call(
                        start: starts[Int(call.rule)], target: first + call.target,
                        isTail: after.isFinal && after.edges.isEmpty && after.calls.isEmpty)
                }
                firstEdge.append(Int32(edges.count))
                firstCall.append(Int32(calls.count))
                isFinal.append(node.isFinal)
            }
        }
        classifyBytes()
    }

    private mutating func classifyBytes() {
        var begins = [Bool](repeating: false, count: 257)
        begins[0] = true
        for edge in edges {
            begins[Int(edge.low)] = true
            begins[Int(edge.high) + 1] = true
        }
        representatives = []
        for byte in 0..<256 {
            if begins[byte] { representatives.append(UInt8(byte)) }
            byteClasses[byte] = UInt8(representatives.count - 1)
        }
        classCount = representatives.count
    }
}
