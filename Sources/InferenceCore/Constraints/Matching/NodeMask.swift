/// The tokens that are allowed at a node of the automaton, as far as that depends on the node alone.
///
/// A token that ends before its rule does is allowed or not whatever called the rule. One that goes on behind the rule's
/// end depends on the callers; where it left the rule is kept, and the rest of it is read with the stack at hand
/// (after Dong et al. 2024, "XGrammar").
struct NodeMask: Sendable {
    var tokens: TokenSet
    /// Nodes of the trie, those above before those below, at which the rule may end.
    var ends: [Int32]

    var byteCount: Int { tokens.byteCount + ends.count * MemoryLayout<Int32>.stride + 64 }
}

extension MatchStates {
    /// Marks the tokens below a node of the trie that are allowed from a state on.
    /// - Parameter onAccepting: called with each node at which the text may end.
    mutating func mark(
        below root: Int, of trie: TokenTrie, from state: Int32, in bits: inout TokenBits,
        _ path: inout [Int32], onAccepting: (Int32) -> Void = { _ in }
    ) {
        let base = Int(trie.nodes[root].depth)
        if path.count <= trie.longest { path = [Int32](repeating: 0, count: trie.longest + 1) }
        path[base] = state
        trie.nodes.withUnsafeBufferPointer { nodes in
            trie.tokens.withUnsafeBufferPointer { tokens in
                let end = Int(nodes[root].end)
                var index = root + 1
                while index < end {
                    let node = nodes[index]
                    let target = advance(path[Int(node.depth) - 1], node.byte)
                    if target == Self.dead {
                        index = Int(node.end)
                        continue
                    }
                    path[Int(node.depth)] = target
                    for place in node.firstToken..<nodes[index + 1].firstToken { bits.insert(tokens[Int(place)]) }
                    if states[Int(target)].isAccepting { onAccepting(Int32(index)) }
                    index += 1
                }
            }
        }
    }

    /// The mask of a node, whatever called its rule.
    mutating func mask(of node: Int32, _ trie: TokenTrie, vocabularySize: Int) -> NodeMask {
        var bits = TokenBits(vocabularySize: vocabularySize)
        var (path, ends): ([Int32], [Int32]) = ([], [])
        mark(below: 0, of: trie, from: start(at: node), in: &bits, &path) { ends.append($0) }
        return NodeMask(tokens: bits.set, ends: ends)
    }
}
