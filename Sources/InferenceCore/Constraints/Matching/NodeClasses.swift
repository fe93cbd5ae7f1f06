/// Nodes of an automaton between which no token can tell a difference, since they read the same bytes as far as the longest
/// token reaches: they have one mask.
///
/// The nodes of a long repetition differ only near its end. Classes are refined as in Moore's minimization (1956), so many
/// times as the longest token has bytes; each time only nodes that lead to one whose class has changed are looked at.
struct NodeClasses {
    /// By node.
    private(set) var classes: [Int32]

    private struct Signature: Hashable {
        var old: Int32
        /// Bytes and calls, each with the class that it leads to.
        var letters: [Int64]
    }

    /// - Parameter depth: bytes of the longest token.
    init(_ automaton: PushdownAutomaton, depth: Int) {
        let count = automaton.nodeCount
        classes = [Int32](repeating: 0, count: count)
        var nextClass: Int32 = 2
        let nullable = Self.nullableStarts(automaton)
        for node in 0..<count {
            if automaton.isFinal[node] { classes[node] = 1 }
            // A called rule that may read nothing reaches further than its bytes tell: such nodes stay apart.
            if automaton.calls(of: Int32(node)).contains(where: { nullable.contains($0.start) }) {
                classes[node] = nextClass
                nextClass += 1
            }
        }
        var members: [Int32: Int] = [:]
        for node in 0..<count { members[classes[node], default: 0] += 1 }
        let sources = Self.sources(automaton)
        var candidates = Array(0..<Int32(count))
        for _ in 0..<depth where !candidates.isEmpty {
            var groups: [Signature: [Int32]] = [:]
            for node in candidates { groups[signature(of: node, automaton), default: []].append(node) }
            var byClass: [Int32: [[Int32]]] = [:]
            for (signature, nodes) in groups { byClass[signature.old, default: []].append(nodes) }
            var changed: [Int32] = []
            for (old, groups) in byClass {
                // Whoever isn't looked at keeps the class; otherwise the largest group does.
                let seen = groups.reduce(0) { $0 + $1.count }
                let keeper = seen == members[old] ? groups.indices.max { groups[$0].count < groups[$1].count } : nil
                for (index, group) in groups.enumerated() where index != keeper {
                    for node in group { classes[Int(node)] = nextClass }
                    members[nextClass] = group.count
                    members[old, default: 0] -= group.count
                    nextClass += 1
                    changed += group
                }
            }
            candidates = Array(Set(changed.flatMap { sources[Int($0)] }))
        }
    }

    private func signature(of node: Int32, _ automaton: PushdownAutomaton) -> Signature {
        var letters: [Int64] = []
        for edge in automaton.edges(of: node) {
            letters.append(Int64(edge.low) << 40 | Int64(edge.high) << 32 | Int64(classes[Int(edge.target)]))
        }
        for call in automaton.calls(of: node) {
            letters.append(-1 - Int64(call.start) << 1 - (call.isTail ? 1 : 0))
            letters.append(Int64(classes[Int(call.target)]))
        }
        return Signature(old: classes[Int(node)], letters: letters)
    }

    private static func sources(_ automaton: PushdownAutomaton) -> [[Int32]] {
        var sources = [[Int32]](repeating: [], count: automaton.nodeCount)
        for node in 0..<Int32(automaton.nodeCount) {
            for edge in automaton.edges(of: node) where sources[Int(edge.target)].last != node {
                sources[Int(edge.target)].append(node)
            }
            for call in automaton.calls(of: node) where sources[Int(call.target)].last != node {
                sources[Int(call.target)].append(node)
            }
        }
        return sources
    }

    /// The first nodes of rules that may read nothing.
    private static func nullableStarts(_ automaton: PushdownAutomaton) -> Set<Int32> {
        var states = MatchStates(automaton)
        return Set(automaton.calls.map(\.start)).filter { start in
            let state = states.start(at: start)
            return state != MatchStates.dead && states.states[Int(state)].isAccepting
        }
    }
}
