/// The automata of a grammar's rules, before they are joined.
struct RuleAutomata {
    /// By rule; nil where none is needed.
    private(set) var automata: [ByteAutomaton?]
    /// Whether a rule reads any text at all.
    private(set) var isProductive: [Bool] = []

    init(_ automata: [ByteAutomaton?]) {
        self.automata = automata
    }

    /// Removes what doesn't lie on a way from a rule's beginning to its end.
    mutating func removeDeadEnds() {
        var isAlive = automata.map { $0?.nodes.map(\.isFinal) ?? [] }
        let sources = automata.map(Self.sources)
        isProductive = [Bool](repeating: false, count: automata.count)
        // Nodes that are known to reach an end, whose sources haven't been looked at yet.
        var work: [(rule: Int, node: Int)] = []
        for (rule, alive) in isAlive.enumerated() { work += alive.indices.filter { alive[$0] }.map { (rule, $0) } }
        var waiting = [[(rule: Int, node: Int)]](repeating: [], count: automata.count)
        func live(_ rule: Int, _ node: Int) {
            guard !isAlive[rule][node] else { return }
            isAlive[rule][node] = true
            work.append((rule, node))
        }
        while let (rule, node) = work.popLast() {
            if node == 0, !isProductive[rule] {
                isProductive[rule] = true
                for caller in waiting[rule] { live(caller.rule, caller.node) }
            }
            for source in sources[rule][node] {
                guard let called = source.called else {
                    live(rule, source.node)
                    continue
                }
                if isProductive[called] { live(rule, source.node) } else { waiting[called].append((rule, source.node)) }
            }
        }
        for rule in automata.indices {
            automata[rule] = automata[rule].flatMap {
                isProductive[rule] ? trimmed($0, isAlive: isAlive[rule]) : nil
            }
        }
    }

    /// Who leads to each node, and over which rule.
    private static func sources(_ automaton: ByteAutomaton?) -> [[(node: Int, called: Int?)]] {
        guard let automaton else { return [] }
        var sources = [[(node: Int, called: Int?)]](repeating: [], count: automaton.nodes.count)
        for (index, node) in automaton.nodes.enumerated() {
            for edge in node.edges { sources[Int(edge.target)].append((index, nil)) }
            for call in node.calls { sources[Int(call.target)].append((index, Int(call.rule))) }
        }
        return sources
    }

    private func trimmed(_ automaton: ByteAutomaton, isAlive: [Bool]) -> ByteAutomaton {
        var places = [Int32](repeating: -1, count: automaton.nodes.count)
        var order = [0]
        places[0] = 0
        var nodes: [ByteAutomaton.Node] = []
        func place(_ target: Int32) -> Int32 {
            if places[Int(target)] < 0 {
                places[Int(target)] = Int32(order.count)
                order.append(Int(target))
            }
            return places[Int(target)]
        }
        while nodes.count < order.count {
            let old = automaton.nodes[order[nodes.count]]
            var node = ByteAutomaton.Node(isFinal: old.isFinal)
            for edge in old.edges where isAlive[Int(edge.target)] {
                node.edges.append(.init(low: edge.low, high: edge.high, target: place(edge.target)))
            }
            for call in old.calls where isAlive[Int(call.target)] && isProductive[Int(call.rule)] {
                node.calls.append(.init(rule: call.rule, target: place(call.target)))
            }
            nodes.append(node)
        }
        return ByteAutomaton(nodes: nodes)
    }
}

extension RuleAutomata {
    /// A rule that can call itself before anything is read.
    var leftRecursiveRule: Int? {
        let nullable = nullableRules
        let called = automata.indices.map { calledAtStart(of: $0, nullable) }
        // Depth first, with the rules that are being looked at marked: meeting one of them again is a cycle.
        var state = [UInt8](repeating: 0, count: automata.count)
        for root in automata.indices where state[root] == 0 {
            var path = [(rule: root, next: 0)]
            state[root] = 1
            while let top = path.last {
                guard top.next < called[top.rule].count else {
                    state[top.rule] = 2
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                let rule = called[top.rule][top.next]
                if state[rule] == 1 { return rule }
                if state[rule] == 0 {
                    state[rule] = 1
                    path.append((rule, 0))
                }
            }
        }
        return nil
    }

    private var nullableRules: [Bool] {
        var nullable = [Bool](repeating: false, count: automata.count)
        var isChanged = true
        while isChanged {
            isChanged = false
            for (rule, automaton) in automata.enumerated() where !nullable[rule] {
                guard let automaton else { continue }
                if nodesAtStart(of: automaton, nullable).contains(where: { automaton.nodes[$0].isFinal }) {
                    nullable[rule] = true
                    isChanged = true
                }
            }
        }
        return nullable
    }

    private func nodesAtStart(of automaton: ByteAutomaton, _ nullable: [Bool]) -> [Int] {
        var found = [0]
        var next = 0
        while next < found.count {
            for call in automaton.nodes[found[next]].calls where nullable[Int(call.rule)] {
                if !found.contains(Int(call.target)) { found.append(Int(call.target)) }
            }
            next += 1
        }
        return found
    }

    private func calledAtStart(of rule: Int, _ nullable: [Bool]) -> [Int] {
        guard let automaton = automata[rule] else { return [] }
        let called = nodesAtStart(of: automaton, nullable).flatMap { automaton.nodes[$0].calls.map { Int($0.rule) } }
        return Array(Set(called)).sorted()
    }
}
