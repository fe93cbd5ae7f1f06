/// Set operations on languages, by the product construction. Only for automata without calls.
extension ByteAutomaton {
    /// - Throws: ``ConstraintError/tooLarge(_:what:limit:)``.
    init(
        _ expression: GrammarExpression, _ budget: inout AutomatonBudget
    ) throws(ConstraintError) {
        self = try NondeterministicAutomaton(expression, notation: budget.notation).determinized(&budget)
    }

    /// What both read.
    func intersection(
        _ other: ByteAutomaton, _ budget: inout AutomatonBudget
    ) throws(ConstraintError) -> ByteAutomaton {
        try product(other, needsSecond: true, &budget) { $0 && $1 }
    }

    /// What this one reads and the other doesn't.
    func subtracting(
        _ other: ByteAutomaton, _ budget: inout AutomatonBudget
    ) throws(ConstraintError) -> ByteAutomaton {
        try product(other, needsSecond: false, &budget) { $0 && !$1 }
    }

    private struct Pair: Hashable {
        var first: Int32
        /// -1 once the second one is stuck.
        var second: Int32
    }

    private func product(
        _ other: ByteAutomaton, needsSecond: Bool, _ budget: inout AutomatonBudget, isFinal: (Bool, Bool) -> Bool
    ) throws(ConstraintError) -> ByteAutomaton {
        var pairs = [Pair(first: 0, second: 0)]
        var known = [pairs[0]: Int32(0)]
        var result: [Node] = []
        while result.count < pairs.count {
            let pair = pairs[result.count]
            let first = nodes[Int(pair.first)]
            let second = pair.second < 0 ? Node() : other.nodes[Int(pair.second)]
            var node = Node(isFinal: isFinal(first.isFinal, second.isFinal))
            for (low, high, targets) in Self.overlaps(first.edges, second.edges) {
                if needsSecond, targets.second < 0 { continue }
                try budget.take(steps: 1)
                let target: Int32
                if let place = known[targets] {
                    target = place
                } else {
                    try budget.takeState()
                    target = Int32(pairs.count)
                    known[targets] = target
                    pairs.append(targets)
                }
                node.edges.append(Edge(low: low, high: high, target: target))
            }
            result.append(node)
        }
        return ByteAutomaton(nodes: result)
    }

    /// The first ones' edges, cut where the second ones' begin and end.
    private static func overlaps(_ first: [Edge], _ second: [Edge]) -> [(low: UInt8, high: UInt8, targets: Pair)] {
        var pieces: [(low: UInt8, high: UInt8, targets: Pair)] = []
        for edge in first {
            var low = Int(edge.low)
            for other in second where other.high >= edge.low && other.low <= edge.high {
                let (begin, end) = (max(Int(other.low), low), min(Int(other.high), Int(edge.high)))
                if low < begin { pieces.append((UInt8(low), UInt8(begin - 1), Pair(first: edge.target, second: -1))) }
                pieces.append((UInt8(begin), UInt8(end), Pair(first: edge.target, second: other.target)))
                low = end + 1
            }
            if low <= Int(edge.high) {
                pieces.append((UInt8(low), edge.high, Pair(first: edge.target, second: -1)))
            }
        }
        return pieces
    }
}
