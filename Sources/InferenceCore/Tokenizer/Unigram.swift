/// SentencePiece's unigram model: of all ways to put a text together from pieces, the one with the highest sum of
/// scores.
///
/// A character that is no piece by itself counts as unknown, with a score well below any piece's; unknown characters
/// in a row are one token, or the tokens of their bytes where the vocabulary has these.
///
/// Source: Kudo, "Subword Regularization" (2018); `tokenizers`' `Unigram::encode_optimized`.
struct Unigram: Sendable {
    private static let unknownPenalty = 10.0

    private let trie: PieceTrie
    private let scores: [Double]
    private let unknown: TokenID
    private let unknownScore: Double
    /// The token of each byte, if there are such tokens for all of them.
    private let byteTokens: [TokenID]
    /// Which bytes come before a space mark inside a piece; nil where pieces never reach across one.
    private let precedesSpaceMark: [Bool]?

    /// - Parameter cutsAtSpaceMarks: whether a mark always begins a word, even if pieces have marks inside.
    init(_ vocabulary: Vocabulary, cutsAtSpaceMarks: Bool) {
        scores = vocabulary.scores.isEmpty ? [Double](repeating: 0, count: vocabulary.count) : vocabulary.scores
        let attributes = vocabulary.attributes
        trie = PieceTrie(vocabulary.strings) {
            !attributes[$0].isDisjoint(with: [.normal, .userDefined, .unused]) && !attributes[$0].isHidden
        }
        unknown = vocabulary.special.unknown ?? -1
        var lowest = 0.0
        // Files fill vocabularies up with unused tokens of the lowest scores.
        for (index, score) in scores.enumerated() where !attributes[index].isDisjoint(with: [.normal, .byte]) {
            if score < lowest { lowest = score }
        }
        unknownScore = lowest - Self.unknownPenalty
        byteTokens = Self.byteTokens(vocabulary)
        precedesSpaceMark = cutsAtSpaceMarks ? nil : SpaceMark.precedingBytes(in: vocabulary.strings)
    }

    func encode(_ pieces: [TextPiece], of text: UnsafeRawBufferPointer, into output: inout [TokenID]) {
        var cache = WordCache(textCount: text.count)
        var lattice = Lattice()
        for piece in pieces {
            switch piece {
            case .token(let token): output.append(token)
            case .text(let range):
                SpaceMark.forEachWord(in: range, of: text, precedesSpaceMark: precedesSpaceMark) { word in
                    cache.tokens(of: word, in: text, to: &output) { output in
                        encode(UnsafeRawBufferPointer(rebasing: text[word]), &lattice, into: &output)
                    }
                }
            }
        }
    }

    /// The best way to each place of a word: its score, its last piece and where that begins.
    private struct Lattice {
        struct Node {
            var score = -Double.infinity
            var token: TokenID = -1
            var start: Int32 = -1
        }

        var nodes: [Node] = []
        var path: [Node] = []
    }

    private func encode(_ word: UnsafeRawBufferPointer, _ lattice: inout Lattice, into output: inout [TokenID]) {
        lattice.nodes.removeAll(keepingCapacity: true)
        lattice.nodes.append(contentsOf: repeatElement(Lattice.Node(), count: word.count + 1))
        lattice.nodes[0].score = 0
        lattice.nodes.withUnsafeMutableBufferPointer { nodes in
            var start = 0
            while start < word.count {
                let characterEnd = start + UTF8Sequence.length(at: start, of: word, limit: word.count)
                let score = nodes[start].score
                var hasCharacter = false
                var node = PieceTrie.root
                var end = start
                while end < word.count, let child = trie.child(of: node, word[end]) {
                    node = child
                    end += 1
                    guard let token = trie.token(at: node) else { continue }
                    let candidate = score + scores[Int(token)]
                    if nodes[end].start < 0 || candidate > nodes[end].score {
                        nodes[end] = Lattice.Node(score: candidate, token: token, start: Int32(start))
                    }
                    if end == characterEnd { hasCharacter = true }
                }
                if !hasCharacter {
                    let candidate = score + unknownScore
                    if nodes[characterEnd].start < 0 || candidate > nodes[characterEnd].score {
                        nodes[characterEnd] = Lattice.Node(score: candidate, token: -1, start: Int32(start))
                    }
                }
                start = characterEnd
            }
        }
        appendPath(of: word, &lattice, to: &output)
    }

    private func appendPath(of word: UnsafeRawBufferPointer, _ lattice: inout Lattice, to output: inout [TokenID]) {
        lattice.path.removeAll(keepingCapacity: true)
        var end = word.count
        while end > 0 {
            lattice.path.append(lattice.nodes[end])
            end = Int(lattice.nodes[end].start)
        }
        var isAfterUnknown = false
        var position = 0
        for (index, node) in lattice.path.reversed().enumerated() {
            let isLast = index == lattice.path.count - 1
            let next = isLast ? word.count : Int(lattice.path[lattice.path.count - 2 - index].start)
            if node.token >= 0 {
                output.append(node.token)
            } else if !byteTokens.isEmpty {
                for byte in word[position..<next] { output.append(byteTokens[Int(byte)]) }
            } else if !isAfterUnknown, unknown >= 0 {
                output.append(unknown)
            }
            isAfterUnknown = node.token < 0
            position = next
        }
    }

    private static func byteTokens(_ vocabulary: Vocabulary) -> [TokenID] {
        let table = TokenTable(vocabulary.strings) { vocabulary.attributes[$0].contains(.byte) }
        let tokens = (0...UInt8.max).compactMap { byte in
            ByteToken.name(byte).withUnsafeBytes { table.token($0) }
        }
        return tokens.count == 256 ? tokens : []
    }
}
