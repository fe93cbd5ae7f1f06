/// Byte-pair encoding over bytes: each word begins as single bytes, and neighbours merge in the order in which
/// training found them most frequent.
///
/// Source: Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units" (2016), over bytes as in
/// GPT-2.
struct BytePair: Sendable {
    private enum Rules: Sendable {
        case cuts(MergeCuts)
        case table(MergeTable)
    }

    private let pretokenizer: any Pretokenizer
    private let ignoresMerges: Bool
    private let tokens: TokenTable
    private let rules: Rules
    /// The token of each byte; -1 where the vocabulary has none. Such bytes are dropped, as in llama.cpp.
    private let byteTokens: [TokenID]
    /// A merge may make something that is no token: from here on, ids stand for such strings.
    private let vocabularyCount: Int

    /// - Parameter ignoresMerges: Whether a word that is a token as it stands is taken whole.
    init(_ vocabulary: Vocabulary, pretokenizer: any Pretokenizer, ignoresMerges: Bool, merges: MergeList) {
        self.pretokenizer = pretokenizer
        self.ignoresMerges = ignoresMerges
        vocabularyCount = vocabulary.count
        tokens = TokenTable(vocabulary.strings) { !vocabulary.attributes[$0].contains(.verbatim) }
        var reader = MergeReader(vocabulary, tokens: tokens)
        if case .cuts(let cuts, let first) = merges, !tokens.hasEqualStrings,
            !vocabulary.attributes[Int(first)...].prefix(cuts.count).contains(where: { $0.contains(.verbatim) })
        {
            rules = .cuts(MergeCuts(tokens: tokens, first: first, cuts: cuts))
        } else {
            rules = .table(reader.table(merges))
        }
        byteTokens = (0...UInt8.max).map { byte in reader.token([byte]) ?? -1 }
    }

    func encode(_ pieces: [TextPiece], of text: UnsafeRawBufferPointer, into output: inout [TokenID]) {
        let scanner = TextScanner(bytes: text)
        var cache = WordCache(textCount: text.count)
        var merger = WordMerger()
        for piece in pieces {
            switch piece {
            case .token(let token): output.append(token)
            case .text(let range):
                pretokenizer.forEachWord(in: range, of: scanner) { word in
                    cache.tokens(of: word, in: text, to: &output) { output in
                        encode(word, of: text, &merger, into: &output)
                    }
                }
            }
        }
    }

    private func encode(
        _ word: Range<Int>, of text: UnsafeRawBufferPointer, _ merger: inout WordMerger, into output: inout [TokenID]
    ) {
        var start = word.lowerBound
        repeat {
            let end = min(word.upperBound, start + WordMerger.longestWord)
            encodePart(UnsafeRawBufferPointer(rebasing: text[start..<end]), &merger, into: &output)
            start = end
        } while start < word.upperBound
    }

    private func encodePart(
        _ word: UnsafeRawBufferPointer, _ merger: inout WordMerger, into output: inout [TokenID]
    ) {
        if ignoresMerges, let token = tokens.token(word) {
            output.append(token)
            return
        }
        merger.symbols.removeAll(keepingCapacity: true)
        for index in word.indices {
            let position = Int32(index)
            merger.symbols.append(
                WordMerger.Symbol(token: byteTokens[Int(word[index])], start: position, end: position + 1))
        }
        switch rules {
        case .cuts(let rules): merger.merge(word, with: rules)
        case .table(let rules): merger.merge(word, with: rules)
        }
        for symbol in merger.symbols {
            if symbol.token >= 0, symbol.token < vocabularyCount {
                output.append(symbol.token)
            } else {
                for byte in word[Int(symbol.start)..<Int(symbol.end)] {
                    let token = byteTokens[Int(byte)]
                    if token >= 0, token < vocabularyCount { output.append(token) }
                }
            }
        }
    }
}
