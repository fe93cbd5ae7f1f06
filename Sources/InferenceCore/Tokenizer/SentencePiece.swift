/// SentencePiece's byte-pair encoding, as Llama's and Gemma's files use it: the whole text is one word of
/// characters, spaces among them, and those neighbours merge first that make the token with the highest score.
///
/// A byte that is no UTF-8 is a character of its own, so that it comes back as it was.
///
/// Source: Kudo and Richardson, "SentencePiece" (2018); llama.cpp's `llm_tokenizer_spm`.
struct SentencePiece: Sendable {
    private let tokens: TokenTable
    /// Each token's place in the order of merges: the higher the score, the lower the number.
    private let orders: [UInt32]
    /// The token of each byte, for characters that are no token; -1 where there is none.
    private let byteTokens: [TokenID]
    /// Which bytes come before a space mark inside a token.
    private let precedesSpaceMark: [Bool]
    private let addsSpacePrefix: Bool

    init(_ vocabulary: Vocabulary, addsSpacePrefix: Bool) {
        self.addsSpacePrefix = addsSpacePrefix
        let tokens = TokenTable(vocabulary.strings) { _ in true }
        self.tokens = tokens
        orders =
            vocabulary.scores.isEmpty
            ? [UInt32](repeating: 0, count: vocabulary.count) : vocabulary.scores.map(Self.order)
        let unknown = vocabulary.special.unknown ?? -1
        byteTokens = (0...UInt8.max).map { byte in
            ByteToken.name(byte).withUnsafeBytes { tokens.token($0) }
                ?? [byte].withUnsafeBytes { tokens.token($0) } ?? unknown
        }
        precedesSpaceMark = Self.bytesBeforeSpaceMarks(in: vocabulary.strings)
    }

    func encode(_ pieces: [TextPiece], of text: UnsafeRawBufferPointer, into output: inout [TokenID]) {
        let escaped = Escaped(pieces, of: text, addsSpacePrefix: addsSpacePrefix)
        escaped.bytes.withUnsafeBytes { bytes in
            var cache = WordCache(textCount: bytes.count)
            var merger = WordMerger()
            for piece in escaped.pieces {
                switch piece {
                case .token(let token): output.append(token)
                case .text(let range):
                    forEachWord(in: range, of: bytes) { word in
                        cache.tokens(of: word, in: bytes, to: &output) { output in
                            encode(UnsafeRawBufferPointer(rebasing: bytes[word]), &merger, into: &output)
                        }
                    }
                }
            }
        }
    }

    /// Cuts the text before space marks, where no token reaches across, so that what is merged stays short.
    private func forEachWord(in range: Range<Int>, of bytes: UnsafeRawBufferPointer, _ body: (Range<Int>) -> Void) {
        var start = range.lowerBound
        var position = start
        while position < range.upperBound {
            let isCut =
                position > start && position + SpaceMark.utf8.count <= range.upperBound
                && SpaceMark.begins(bytes, at: position) && !precedesSpaceMark[Int(bytes[position - 1])]
            if isCut || position - start >= WordMerger.longestWord {
                body(start..<position)
                start = position
            }
            position += UTF8Sequence.length(at: position, of: bytes, limit: range.upperBound)
        }
        if start < range.upperBound { body(start..<range.upperBound) }
    }

    private func encode(_ word: UnsafeRawBufferPointer, _ merger: inout WordMerger, into output: inout [TokenID]) {
        merger.symbols.removeAll(keepingCapacity: true)
        var position = 0
        while position < word.count {
            let end = position + UTF8Sequence.length(at: position, of: word, limit: word.count)
            merger.symbols.append(WordMerger.Symbol(token: -1, start: Int32(position), end: Int32(end)))
            position = end
        }
        merger.merge(word, with: self)
        for symbol in merger.symbols {
            let bytes = UnsafeRawBufferPointer(rebasing: word[Int(symbol.start)..<Int(symbol.end)])
            if symbol.token >= 0 {
                output.append(symbol.token)
            } else if let token = tokens.token(bytes) {
                output.append(token)
            } else {
                for byte in bytes where byteTokens[Int(byte)] >= 0 { output.append(byteTokens[Int(byte)]) }
            }
        }
    }

    /// A number that is the lower, the higher the score.
    private static func order(_ score: Float) -> UInt32 {
        min((score.isNaN ? -.infinity : score).descendingOrder, .max - 1)
    }

    private static func bytesBeforeSpaceMarks(in strings: PackedStrings) -> [Bool] {
        var found = [Bool](repeating: false, count: 256)
        strings.bytes.withUnsafeBytes { bytes in
            // One loop over all tokens' bytes: most marks begin a token, and there is only one loop's end.
            var token = 0
            for index in 1..<max(1, bytes.count - SpaceMark.utf8.count + 1) where SpaceMark.begins(bytes, at: index) {
                while strings.range(token).upperBound <= index { token += 1 }
                let range = strings.range(token)
                if range.lowerBound < index, index + SpaceMark.utf8.count <= range.upperBound {
                    found[Int(bytes[index - 1])] = true
                }
            }
        }
        return found
    }
}

extension SentencePiece: MergeRules {
    @inline(__always)
    func merge(_ left: TokenID, _ right: TokenID, spanning bytes: UnsafeRawBufferPointer, cut: Int) -> Merge {
        guard let token = tokens.token(bytes) else { return .none }
        return Merge(order: orders[Int(token)], token: token)
    }
}

extension SentencePiece {
    /// The text with its spaces written as marks.
    private struct Escaped {
        var bytes: [UInt8] = []
        /// The pieces of the text, in the place they have here.
        var pieces: [TextPiece] = []

        init(_ pieces: [TextPiece], of text: UnsafeRawBufferPointer, addsSpacePrefix: Bool) {
            bytes.reserveCapacity(text.count + text.count / 2)
            var followsToken = true
            for piece in pieces {
                switch piece {
                case .token:
                    self.pieces.append(piece)
                    followsToken = true
                case .text(let range):
                    let start = bytes.count
                    if addsSpacePrefix && followsToken { bytes.append(contentsOf: SpaceMark.utf8) }
                    SpaceMark.escape(text[range], into: &bytes)
                    self.pieces.append(.text(start..<bytes.count))
                    followsToken = false
                }
            }
        }
    }
}
