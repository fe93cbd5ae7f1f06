import Synchronization

/// The bytes of a vocabulary's tokens as a tree, written depth first: a walk that turns back early skips what lies below.
struct TokenTrie: Sendable {
    struct Node: Sendable {
        /// Where the nodes below this one end.
        var end: Int32
        /// Its tokens are `tokens[firstToken..<(next node's)]`; usually none or one.
        var firstToken: Int32
        /// Bytes from the root.
        var depth: UInt16
        /// That leads here.
        var byte: UInt8
    }

    /// In depth-first order, the root first, and one behind the last.
    private(set) var nodes: [Node] = []
    private(set) var tokens: [TokenID] = []
    /// What each token adds to a text; nothing for one that is no text.
    let strings: PackedStrings
    /// Bytes of the longest token.
    private(set) var longest = 0
    let endOfGeneration: [TokenID]

    /// Longer tokens are never allowed: no vocabulary has any.
    private static let longestToken = 4096

    /// Special tokens, those that end an answer and those that add nothing to it are left out.
    init(_ tokenizer: Tokenizer) {
        endOfGeneration = tokenizer.endOfGeneration.sorted()
        var strings = PackedStrings(reservingCount: tokenizer.vocabularySize)
        var bytes: [UInt8] = []
        for token in 0..<TokenID(tokenizer.vocabularySize) {
            bytes.removeAll(keepingCapacity: true)
            if !tokenizer.isSpecial(token), !tokenizer.endOfGeneration.contains(token) {
                tokenizer.append(token, renderSpecial: false, to: &bytes)
                if bytes.count > Self.longestToken { bytes.removeAll() }
            }
            bytes.withUnsafeBytes { strings.append($0) }
        }
        self.strings = strings
        build()
    }

    private mutating func build() {
        let strings = self.strings
        nodes.append(Node(end: 0, firstToken: 0, depth: 0, byte: 0))
        strings.bytes.withUnsafeBytes { bytes in
            var path = [0]
            for token in Self.sorted(strings, bytes) {
                let range = strings.range(Int(token))
                let string = UnsafeRawBufferPointer(rebasing: bytes[range])
                var shared = 0
                while shared < min(path.count - 1, string.count), nodes[path[shared + 1]].byte == string[shared] {
                    shared += 1
                }
                close(&path, to: shared)
                for depth in shared..<string.count {
                    path.append(nodes.count)
                    nodes.append(
                        Node(
                            end: 0, firstToken: Int32(tokens.count), depth: UInt16(depth + 1), byte: string[depth]))
                }
                tokens.append(token)
                longest = max(longest, string.count)
            }
            close(&path, to: -1)
        }
        nodes.append(Node(end: 0, firstToken: Int32(tokens.count), depth: 0, byte: 0))
    }

    private mutating func close(_ path: inout [Int], to depth: Int) {
        while path.count > depth + 1, let last = path.popLast() { nodes[last].end = Int32(nodes.count) }
    }

    /// Tokens that are text, by their bytes.
    private static func sorted(_ strings: PackedStrings, _ bytes: UnsafeRawBufferPointer) -> [TokenID] {
        // The first eight bytes decide most comparisons.
        var keys: [(head: UInt64, token: TokenID)] = []
        keys.reserveCapacity(strings.count)
        for token in 0..<strings.count {
            let range = strings.range(token)
            if range.isEmpty { continue }
            var head: UInt64 = 0
            for place in 0..<8 { head = head << 8 | UInt64(place < range.count ? bytes[range.lowerBound + place] : 0) }
            keys.append((head, TokenID(token)))
        }
        keys.sort { first, second in
            if first.head != second.head { return first.head < second.head }
            let (left, right) = (strings.range(Int(first.token)), strings.range(Int(second.token)))
            let shared = min(left.count, right.count)
            if shared > 0 {
                for place in 0..<shared {
                    let (one, other) = (bytes[left.lowerBound + place], bytes[right.lowerBound + place])
                    if one != other { return one < other }
                }
            }
            return left.count != right.count ? left.count < right.count : first.token < second.token
        }
        return keys.map(\.token)
    }
}

/// A tokenizer's trie: made when first asked for, once, and shared by the tokenizer's copies.
final class DeferredTrie: Sendable {
    private let trie = Mutex<TokenTrie?>(nil)

    func trie(of tokenizer: Tokenizer) -> TokenTrie {
        trie.withLock { trie in
            if let trie { return trie }
            let made = TokenTrie(tokenizer)
            trie = made
            return made
        }
    }
}
