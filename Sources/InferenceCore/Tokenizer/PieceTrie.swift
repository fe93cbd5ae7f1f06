/// Finds all tokens that a text begins with, shortest first: a trie whose edges are in one open-addressing table.
///
/// The hash is seeded anew for each trie, so that no file can be made whose edges all collide.
struct PieceTrie: Sendable {
    private struct Edge {
        /// `node << 8 | byte`, or `vacant`.
        var key: UInt64
        var child: Int32
    }

    static let root: Int32 = 0
    private static let vacant = UInt64.max

    private var edges: [Edge]
    private var mask: Int
    private var edgeCount = 0
    private let seed = UInt64.random(in: .min ... .max)
    /// The token that ends at each node, or -1.
    private var tokens: [TokenID] = [-1]

    /// - Parameter includes: which of the strings can be found. The first of several equal strings is.
    init(_ strings: PackedStrings, includes: (Int) -> Bool) {
        let capacity = HashCapacity.slots(for: strings.count * 3)
        edges = [Edge](repeating: Edge(key: Self.vacant, child: -1), count: capacity)
        mask = capacity - 1
        strings.bytes.withUnsafeBytes { bytes in
            for index in 0..<strings.count where includes(index) {
                var node = Self.root
                for byte in bytes[strings.range(index)] { node = insertChild(of: node, byte) }
                if node != Self.root, tokens[Int(node)] < 0 { tokens[Int(node)] = TokenID(index) }
            }
        }
    }

    /// The node that the byte leads to, or nil.
    @inline(__always)
    func child(of node: Int32, _ byte: UInt8) -> Int32? {
        let edge = edges[slot(of: Self.key(node, byte))]
        return edge.key == Self.vacant ? nil : edge.child
    }

    /// The token that ends at the node, or nil.
    @inline(__always)
    func token(at node: Int32) -> TokenID? {
        let token = tokens[Int(node)]
        return token < 0 ? nil : token
    }

    private mutating func insertChild(of node: Int32, _ byte: UInt8) -> Int32 {
        let key = Self.key(node, byte)
        var slot = slot(of: key)
        if edges[slot].key == key { return edges[slot].child }
        if (edgeCount + 1) * 5 > edges.count * 3 {
            grow()
            slot = self.slot(of: key)
        }
        let child = Int32(tokens.count)
        tokens.append(-1)
        edges[slot] = Edge(key: key, child: child)
        edgeCount += 1
        return child
    }

    private mutating func grow() {
        let old = edges
        edges = [Edge](repeating: Edge(key: Self.vacant, child: -1), count: old.count * 2)
        mask = edges.count - 1
        for edge in old where edge.key != Self.vacant { edges[slot(of: edge.key)] = edge }
    }

    @inline(__always)
    private func slot(of key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: ByteHash.mix(key ^ seed)) & mask
        while edges[slot].key != key, edges[slot].key != Self.vacant { slot = (slot + 1) & mask }
        return slot
    }

    @inline(__always)
    private static func key(_ node: Int32, _ byte: UInt8) -> UInt64 {
        UInt64(UInt32(bitPattern: node)) << 8 | UInt64(byte)
    }
}
