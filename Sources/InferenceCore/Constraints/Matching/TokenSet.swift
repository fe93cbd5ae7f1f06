/// A set of tokens: a list where it has few, a bit for each token of the vocabulary otherwise.
enum TokenSet: Sendable, Equatable {
    /// Ascending.
    case few([TokenID])
    /// [vocabulary / 64, rounded up], lowest bit first.
    case many([UInt64])

    /// No list is longer: a bit costs less than scanning a long one.
    static let longestList = 2048

    static let none = TokenSet.few([])

    func contains(_ token: TokenID) -> Bool {
        switch self {
        case .few(let tokens):
            let place = tokens.partitioningIndex { $0 >= token }
            return place < tokens.count && tokens[place] == token
        case .many(let words):
            guard token >= 0, Int(token) / 64 < words.count else { return false }
            return words[Int(token) / 64] >> (UInt64(token) % 64) & 1 == 1
        }
    }

    var count: Int {
        switch self {
        case .few(let tokens): tokens.count
        case .many(let words): words.reduce(0) { $0 + $1.nonzeroBitCount }
        }
    }

    /// The lowest token.
    var first: TokenID? {
        switch self {
        case .few(let tokens): return tokens.first
        case .many(let words):
            return words.firstIndex { $0 != 0 }.map { TokenID($0 * 64 + words[$0].trailingZeroBitCount) }
        }
    }

    var byteCount: Int {
        switch self {
        case .few(let tokens): tokens.count * MemoryLayout<TokenID>.stride
        case .many(let words): words.count * MemoryLayout<UInt64>.stride
        }
    }

    /// Its tokens, ascending.
    var tokens: [TokenID] {
        switch self {
        case .few(let tokens): return tokens
        case .many(let words):
            var tokens: [TokenID] = []
            for (index, word) in words.enumerated() {
                var rest = word
                while rest != 0 {
                    tokens.append(TokenID(index * 64 + rest.trailingZeroBitCount))
                    rest &= rest - 1
                }
            }
            return tokens
        }
    }
}

/// A set of tokens that is being put together.
struct TokenBits {
    private(set) var words: [UInt64]

    init(vocabularySize: Int) {
        words = [UInt64](repeating: 0, count: (vocabularySize + 63) / 64)
    }

    @inline(__always)
    mutating func insert(_ token: TokenID) {
        words[Int(token) / 64] |= 1 << (UInt64(token) % 64)
    }

    mutating func formUnion(_ set: TokenSet) {
        switch set {
        case .few(let tokens): for token in tokens { insert(token) }
        case .many(let others): for index in words.indices { words[index] |= others[index] }
        }
    }

    /// The set in the smaller of its two forms.
    var set: TokenSet {
        let bits = TokenSet.many(words)
        return bits.count <= TokenSet.longestList ? .few(bits.tokens) : bits
    }
}
