/// SentencePiece's byte-pair encoding, as Llama's and Gemma's files use it: the whole text is one word of
/// characters, spaces among them, which are written as marks, and neighbours merge: those first that make the token
/// with the highest score, or in the order of a list of merges.
///
/// A byte that is no UTF-8 is a character of its own, so that it comes back as it was.
///
/// Source: Kudo and Richardson, "SentencePiece" (2018); llama.cpp's `llm_tokenizer_spm`; `tokenizers`' BPE with byte
/// fallback.
struct SentencePiece: Sendable {
    private enum Rules: Sendable {
        case scores(ScoreRules)
        case merges(MergeTable)
    }

    private let tokens: TokenTable
    private let rules: Rules
    /// The token of each byte, for characters that are no token; -1 where there is none.
    private let byteTokens: [TokenID]
    /// The token of a character that neither is one nor has bytes that are, where its bytes are not to stand alone.
    private let unknownCharacter: UnknownCharacter?
    /// Whether runs of line feeds are words, which are taken whole if they are tokens.
    private let cutsAtLineFeeds: Bool
    /// Which bytes come before a space mark inside a token; nil where every mark begins a word.
    private let precedesSpaceMark: [Bool]?

    /// - Parameters:
    ///   - merges: Pairs of names in their order.
    ///   - options: What the file says of cutting and unknown characters.
    init(_ vocabulary: Vocabulary, merges: MergeList?, options: SentencePieceOptions) {
        let tokens = TokenTable(vocabulary.strings) { _ in true }
        self.tokens = tokens
        if options.usesMerges, let merges {
            rules = .merges(MergeTable(merges, of: vocabulary.strings, tokens: tokens))
        } else {
            rules = .scores(ScoreRules(vocabulary, tokens: tokens))
        }
        let unknown = vocabulary.special.unknown ?? -1
        unknownCharacter = options.unknownCharacters.map { UnknownCharacter(token: unknown, isFused: $0 == .fused) }
        byteTokens = (0...UInt8.max).map { byte in
            ByteToken.name(byte).withUnsafeBytes { tokens.token($0) }
                ?? [byte].withUnsafeBytes { tokens.token($0) } ?? unknown
        }
        cutsAtLineFeeds = options.cutsAtLineFeeds
        precedesSpaceMark = options.cutsAtSpaceMarks ? nil : SpaceMark.precedingBytes(in: vocabulary.strings)
    }

    private struct UnknownCharacter {
        let token: TokenID
        let isFused: Bool
    }

    func encode(_ pieces: [TextPiece], of text: UnsafeRawBufferPointer, into output: inout [TokenID]) {
        var cache = WordCache(textCount: text.count)
        var merger = WordMerger()
        for piece in pieces {
            switch piece {
            case .token(let token): output.append(token)
            case .text(let range):
                forEachLine(in: range, of: text) { line in
                    SpaceMark.forEachWord(in: line, of: text, precedesSpaceMark: precedesSpaceMark) { word in
                        cache.tokens(of: word, in: text, to: &output) { output in
                            encode(UnsafeRawBufferPointer(rebasing: text[word]), &merger, into: &output)
                        }
                    }
                }
            }
        }
    }

    /// Cuts the range into runs of line feeds and what is between them, where the options say so.
    @inline(__always)
    private func forEachLine(in range: Range<Int>, of text: UnsafeRawBufferPointer, _ body: (Range<Int>) -> Void) {
        guard cutsAtLineFeeds else { return body(range) }
        var start = range.lowerBound
        while start < range.upperBound {
            let isLineFeed = text[start] == UInt8(ascii: "\n")
            var end = start + 1
            while end < range.upperBound, (text[end] == UInt8(ascii: "\n")) == isLineFeed { end += 1 }
            body(start..<end)
            start = end
        }
    }

    private func encode(_ word: UnsafeRawBufferPointer, _ merger: inout WordMerger, into output: inout [TokenID]) {
        if cutsAtLineFeeds, word.first == UInt8(ascii: "\n"), let token = tokens.token(word) {
            return output.append(token)
        }
        merger.symbols.removeAll(keepingCapacity: true)
        var position = 0
        while position < word.count {
            let end = position + UTF8Sequence.length(at: position, of: word, limit: word.count)
            var token: TokenID = -1
            if case .merges = rules {
                token = tokens.token(UnsafeRawBufferPointer(rebasing: word[position..<end])) ?? -1
            }
            merger.symbols.append(WordMerger.Symbol(token: token, start: Int32(position), end: Int32(end)))
            position = end
        }
        switch rules {
        case .scores(let rules): merger.merge(word, with: rules)
        case .merges(let rules): merger.merge(word, with: rules)
        }
        var isAfterUnknown = false
        for symbol in merger.symbols {
            let bytes = UnsafeRawBufferPointer(rebasing: word[Int(symbol.start)..<Int(symbol.end)])
            if let token = symbol.token >= 0 ? symbol.token : tokens.token(bytes) {
                output.append(token)
                isAfterUnknown = false
            } else if let unknownCharacter {
                if unknownCharacter.token >= 0, !(unknownCharacter.isFused && isAfterUnknown) {
                    output.append(unknownCharacter.token)
                }
                isAfterUnknown = true
            } else {
                for byte in bytes where byteTokens[Int(byte)] >= 0 { output.append(byteTokens[Int(byte)]) }
            }
        }
    }
}

/// What files say of the encoding besides tokens and merges.
struct SentencePieceOptions: Sendable {
    enum UnknownCharacters: Sendable {
        case single, fused
    }

    /// Neighbours merge as the file's list of merges says, not by score.
    var usesMerges = false
    /// Runs of line feeds are words, which are taken whole if they are tokens: llama.cpp's rule for files of Gemma 4,
    /// whose merges never reach across them.
    var cutsAtLineFeeds = false
    /// Every space mark begins a word.
    var cutsAtSpaceMarks = false
    /// How characters that are no token become the unknown token; nil if their bytes are tokens.
    var unknownCharacters: UnknownCharacters?
}

/// Merges by score: two neighbours merge if their characters together are a token.
private struct ScoreRules: MergeRules {
    private let tokens: TokenTable
    /// Each token's place in the order of merges: the higher the score, the lower the number.
    private let orders: [UInt32]

    init(_ vocabulary: Vocabulary, tokens: TokenTable) {
        self.tokens = tokens
        orders =
            vocabulary.scores.isEmpty
            ? [UInt32](repeating: 0, count: vocabulary.count)
            : vocabulary.scores.map { min(($0.isNaN ? -.infinity : Float($0)).descendingOrder, .max - 1) }
    }

    @inline(__always)
    func merge(_ left: TokenID, _ right: TokenID, spanning bytes: UnsafeRawBufferPointer, cut: Int) -> Merge {
        guard let token = tokens.token(bytes) else { return .none }
        return Merge(order: orders[Int(token)], token: token)
    }
}

extension MergeTable {
    /// The merges of tokens that are written as they are; others are passed over.
    fileprivate init(_ merges: MergeList, of strings: PackedStrings, tokens: TokenTable) {
        switch merges {
        case .cuts(let cuts, let first):
            self.init(capacity: cuts.count)
            for (rank, cut) in cuts.enumerated() {
                strings.withString(Int(first) + rank) { name in
                    var middle = 0
                    for _ in 0..<cut where middle < name.count {
                        middle += UTF8Sequence.length(at: middle, of: name, limit: name.count)
                    }
                    insert(name, cut: middle, rank: rank, tokens)
                }
            }
        case .names(let names):
            self.init(capacity: names.count)
            for rank in 0..<names.count {
                names.withString(rank) { name in
                    guard let space = name.dropFirst().firstIndex(of: UInt8(ascii: " ")) else { return }
                    let whole = Array(name[..<space]) + name[(space + 1)...]
                    whole.withUnsafeBytes { insert($0, cut: space, rank: rank, tokens) }
                }
            }
        }
    }

    private mutating func insert(_ name: UnsafeRawBufferPointer, cut: Int, rank: Int, _ tokens: TokenTable) {
        guard let left = tokens.token(UnsafeRawBufferPointer(rebasing: name[..<cut])),
            let right = tokens.token(UnsafeRawBufferPointer(rebasing: name[cut...])), let token = tokens.token(name),
            let order = UInt32(exactly: rank)
        else { return }
        insert(left, right, Merge(order: order, token: token))
    }
}
