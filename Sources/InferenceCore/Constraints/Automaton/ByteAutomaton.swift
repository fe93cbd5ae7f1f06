/// A deterministic finite automaton over bytes. In a rule's automaton, a rule that is called is one more letter.
struct ByteAutomaton: Hashable, Sendable {
    struct Edge: Hashable, Sendable {
        var low: UInt8
        var high: UInt8
        var target: Int32
    }

    struct Call: Hashable, Sendable {
        var rule: Int32
        /// Where it goes on when the rule has been read.
        var target: Int32
    }

    struct Node: Hashable, Sendable {
        /// By their bytes, ascending and disjoint.
        var edges: [Edge] = []
        /// At most one for each rule.
        var calls: [Call] = []
        var isFinal = false
    }

    /// The first is where reading begins.
    var nodes: [Node]

    static let nothing = ByteAutomaton(nodes: [Node()])

    init(nodes: [Node]) {
        self.nodes = nodes
    }

    /// Reads any of some strings: a trie.
    init(strings: [[UInt8]]) {
        nodes = [Node()]
        for string in strings {
            var node = 0
            for byte in string { node = child(of: node, byte) }
            nodes[node].isFinal = true
        }
    }

    private mutating func child(of node: Int, _ byte: UInt8) -> Int {
        let edges = nodes[node].edges
        let place = edges.partitioningIndex { $0.low >= byte }
        if place < edges.count, edges[place].low == byte { return Int(edges[place].target) }
        let child = nodes.count
        nodes.append(Node())
        nodes[node].edges.insert(Edge(low: byte, high: byte, target: Int32(child)), at: place)
        return child
    }

    /// Whether it reads the bytes from beginning to end; calls are never taken.
    func accepts(_ bytes: some Sequence<UInt8>) -> Bool {
        var node = 0
        for byte in bytes {
            guard let next = nodes[node].target(of: byte) else { return false }
            node = Int(next)
        }
        return nodes[node].isFinal
    }

    /// Whether it reads nothing at all: no final node can be reached.
    var isEmpty: Bool { !reachable.contains { nodes[$0].isFinal } }

    private var reachable: [Int] {
        var found = [0]
        var isFound = [Bool](repeating: false, count: nodes.count)
        isFound[0] = true
        var next = 0
        while next < found.count {
            let node = nodes[found[next]]
            for target in node.edges.map(\.target) + node.calls.map(\.target) where !isFound[Int(target)] {
                isFound[Int(target)] = true
                found.append(Int(target))
            }
            next += 1
        }
        return found
    }
}

extension ByteAutomaton.Node {
    /// Where a byte leads to.
    @inline(__always)
    func target(of byte: UInt8) -> Int32? {
        let place = edges.partitioningIndex { $0.high >= byte }
        return place < edges.count && edges[place].low <= byte ? edges[place].target : nil
    }
}

extension Array {
    /// The first index for which a condition holds that no element fulfils before one that doesn't; logarithmic.
    @inline(__always)
    func partitioningIndex(where isBeyond: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
