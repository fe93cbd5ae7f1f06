extension NondeterministicAutomaton {
    /// The same language, deterministic by the subset construction (Rabin and Scott 1959).
    /// - Throws: ``ConstraintError/tooLarge(_:what:limit:)`` where that would be exponential.
    func determinized(_ budget: inout AutomatonBudget) throws(ConstraintError) -> ByteAutomaton {
        var construction = SubsetConstruction(self)
        return try construction.run(&budget)
    }
}

private struct SubsetConstruction {
    /// Edges by their source.
    private var firstEdge: [Int32]
    private var edges: [NondeterministicAutomaton.Edge]
    private let end: Int32
    private let start: Int32
    /// Nodes with edges that read something, and the end: the others don't tell sets apart.
    private var matters: [Bool]

    private var sets: [[Int32]] = []
    private var known: [[Int32]: Int32] = [:]
    /// Round in which each node was found last.
    private var found: [Int32]
    private var round: Int32 = 0

    init(_ automaton: NondeterministicAutomaton) {
        let count = Int(automaton.nodeCount)
        firstEdge = [Int32](repeating: 0, count: count + 1)
        matters = [Bool](repeating: false, count: count)
        for edge in automaton.edges {
            firstEdge[Int(edge.source) + 1] += 1
            if case .nothing = edge.label { continue }
            matters[Int(edge.source)] = true
        }
        for node in 0..<count { firstEdge[node + 1] += firstEdge[node] }
        var place = firstEdge
        edges = automaton.edges
        for edge in automaton.edges {
            edges[Int(place[Int(edge.source)])] = edge
            place[Int(edge.source)] += 1
        }
        (start, end) = (automaton.start, automaton.end)
        matters[Int(end)] = true
        found = [Int32](repeating: 0, count: count)
    }

    private func edges(of node: Int32) -> ArraySlice<NondeterministicAutomaton.Edge> {
        edges[Int(firstEdge[Int(node)])..<Int(firstEdge[Int(node) + 1])]
    }

    mutating func run(_ budget: inout AutomatonBudget) throws(ConstraintError) -> ByteAutomaton {
        var nodes: [ByteAutomaton.Node] = []
        _ = try state(of: [start], &budget)
        while nodes.count < sets.count {
            nodes.append(try node(of: sets[nodes.count], &budget))
        }
        return ByteAutomaton(nodes: nodes)
    }

    /// The state for a set of nodes and all that can be reached from it without reading.
    private mutating func state(
        of seeds: [Int32], _ budget: inout AutomatonBudget
    ) throws(ConstraintError) -> Int32 {
        round += 1
        var reached: [Int32] = []
        for seed in seeds where found[Int(seed)] != round {
            found[Int(seed)] = round
            reached.append(seed)
        }
        var next = 0
        while next < reached.count {
            for edge in edges(of: reached[next]) {
                guard case .nothing = edge.label, found[Int(edge.target)] != round else { continue }
                found[Int(edge.target)] = round
                reached.append(edge.target)
            }
            next += 1
        }
        try budget.take(steps: reached.count + 1)
        let set = reached.filter { matters[Int($0)] }.sorted()
        if let state = known[set] { return state }
        try budget.takeState()
        let state = Int32(sets.count)
        known[set] = state
        sets.append(set)
        return state
    }

    private mutating func node(
        of set: [Int32], _ budget: inout AutomatonBudget
    ) throws(ConstraintError) -> ByteAutomaton.Node {
        var node = ByteAutomaton.Node(isFinal: set.contains(end))
        var ranges: [(low: UInt8, high: UInt8, target: Int32)] = []
        var calls: [Int32: [Int32]] = [:]
        for source in set {
            for edge in edges(of: source) {
                switch edge.label {
                case .nothing: break
                case .bytes(let low, let high): ranges.append((low, high, edge.target))
                case .call(let rule): calls[rule, default: []].append(edge.target)
                }
            }
        }
        for (low, high, targets) in Self.intervals(ranges) {
            try budget.take(steps: targets.count)
            let target = try state(of: targets, &budget)
            if let last = node.edges.last, last.target == target, Int(last.high) + 1 == Int(low) {
                node.edges[node.edges.count - 1].high = high
            } else {
                node.edges.append(ByteAutomaton.Edge(low: low, high: high, target: target))
            }
        }
        for (rule, targets) in calls.sorted(by: { $0.key < $1.key }) {
            node.calls.append(ByteAutomaton.Call(rule: rule, target: try state(of: targets, &budget)))
        }
        return node
    }

    /// Cuts overlapping ranges into disjoint ones, each with all targets of its bytes.
    private static func intervals(
        _ ranges: [(low: UInt8, high: UInt8, target: Int32)]
    ) -> [(low: UInt8, high: UInt8, targets: [Int32])] {
        guard !ranges.isEmpty else { return [] }
        var begins = [Bool](repeating: false, count: 257)
        for range in ranges {
            begins[Int(range.low)] = true
            begins[Int(range.high) + 1] = true
        }
        let bounds = begins.indices.filter { begins[$0] }
        var index = [Int](repeating: 0, count: 257)
        for (place, bound) in bounds.enumerated() { index[bound] = place }
        var targets = [[Int32]](repeating: [], count: bounds.count)
        for range in ranges {
            for place in index[Int(range.low)]..<index[Int(range.high) + 1] { targets[place].append(range.target) }
        }
        return bounds.indices.dropLast().compactMap { place in
            targets[place].isEmpty
                ? nil : (UInt8(bounds[place]), UInt8(bounds[place + 1] - 1), targets[place])
        }
    }
}
