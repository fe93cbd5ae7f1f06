/// A number that stands for a token: its place in the vocabulary.
public typealias TokenID = Int32

/// Turns text into a model's tokens and back, as the model's own file says.
///
/// Any bytes can be encoded, NUL and malformed UTF-8 included, and come back the same where the vocabulary has a
/// token for every byte. A tokenizer is immutable and can be shared; opening one reads the token list, and the
/// tables for encoding are made when first needed.
public struct Tokenizer: Sendable {
    private enum Encoder: Sendable {
        case bytePair(BytePair)
        case sentencePiece(SentencePiece)
        case unigram(Unigram)
        case wordPiece(WordPiece)

        func encode(_ pieces: [TextPiece], of text: UnsafeRawBufferPointer, into output: inout [TokenID]) {
            switch self {
            case .bytePair(let encoder): encoder.encode(pieces, of: text, into: &output)
            case .sentencePiece(let encoder): encoder.encode(pieces, of: text, into: &output)
            case .unigram(let encoder): encoder.encode(pieces, of: text, into: &output)
            case .wordPiece(let encoder): encoder.encode(pieces, of: text, into: &output)
            }
        }
    }

    private let vocabulary: Vocabulary
    private let encoder: Deferred<Encoder>
    /// Find the tokens that are read from text in any case, and those that are on request.
    private let userDefined: Deferred<SpecialTokenMatcher>
    private let special: Deferred<SpecialTokenMatcher>
    /// The same in normalized text; nil where there are none to be found there.
    private let normalizedUserDefined: Deferred<SpecialTokenMatcher>?
    private let normalizedSpecial: Deferred<SpecialTokenMatcher>?
    private let deferredTrie: DeferredTrie

    init(_ contents: VocabularyContents) throws {
        let vocabulary = try Vocabulary(contents)
        let merges = contents.merges
        self.vocabulary = vocabulary
        encoder = Deferred {
            switch vocabulary.algorithm {
            case .bytePair(let pretokenizer, let ignoresMerges):
                .bytePair(
                    BytePair(
                        vocabulary, pretokenizer: pretokenizer, ignoresMerges: ignoresMerges,
                        merges: merges ?? .names(PackedStrings())))
            case .sentencePiece(let options):
                .sentencePiece(SentencePiece(vocabulary, merges: merges, options: options))
            case .unigram(let cutsAtSpaceMarks):
                .unigram(Unigram(vocabulary, cutsAtSpaceMarks: cutsAtSpaceMarks))
            case .wordPiece(let longestWord):
                .wordPiece(WordPiece(vocabulary, longestWord: longestWord))
            }
        }
        let added = contents.published?.addedTokens
        userDefined = Deferred { SpecialTokenMatcher(vocabulary, added: added) { $0.isSpecial && !$0.isHidden } }
        special = Deferred { SpecialTokenMatcher(vocabulary, added: added) { $0.isSpecial } }
        if let added, added.contains(where: \.isNormalized) {
            normalizedUserDefined = Deferred {
                SpecialTokenMatcher(vocabulary, added: added, inNormalizedText: true) { $0.isSpecial && !$0.isHidden }
            }
            normalizedSpecial = Deferred {
                SpecialTokenMatcher(vocabulary, added: added, inNormalizedText: true) { $0.isSpecial }
            }
        } else {
            (normalizedUserDefined, normalizedSpecial) = (nil, nil)
        }
        deferredTrie = DeferredTrie()
    }

    /// The bytes of all tokens, for constraints.
    var trie: TokenTrie { deferredTrie.trie(of: self) }

    /// How many tokens there are: ids run from 0 to one less.
    public var vocabularySize: Int { vocabulary.count }

    /// Whether every token has the same id and stands for the same bytes in both.
    public func hasSameVocabulary(as other: Tokenizer) -> Bool {
        vocabulary.strings == other.vocabulary.strings
            && vocabulary.special.endOfGeneration == other.vocabulary.special.endOfGeneration
    }

    /// The token that begins a sequence, if the file names one.
    public var beginningOfSequence: TokenID? { vocabulary.special.beginningOfSequence }

    /// The token that ends a sequence, if the file names one.
    public var endOfSequence: TokenID? { vocabulary.special.endOfSequence }

    /// The tokens after which a model has no more to say: the end of sequence, of a turn, of a message, and those
    /// that llama.cpp counts among them by name.
    public var endOfGeneration: Set<TokenID> { vocabulary.special.endOfGeneration }

    /// Whether the model wants `beginningOfSequence` before its text.
    public var addsBeginningOfSequence: Bool { vocabulary.special.addsBeginningOfSequence }

    /// Whether the model wants `endOfSequence` after its text.
    public var addsEndOfSequence: Bool { vocabulary.special.addsEndOfSequence }

    /// The tokens of a text.
    ///
    /// - Parameters:
    ///   - addSpecial: Add the beginning and end of sequence, where the model wants them.
    ///   - parseSpecial: Read special tokens that the text spells out as such; otherwise they are text like any other.
    ///     Tokens that the vocabulary marks as user-defined are read as such in any case.
    public func encode(_ text: String, addSpecial: Bool = true, parseSpecial: Bool = false) -> [TokenID] {
        var text = text
        return text.withUTF8 {
            encode(bytes: UnsafeRawBufferPointer($0), addSpecial: addSpecial, parseSpecial: parseSpecial)
        }
    }

    /// The tokens of a text given as bytes, which need not be UTF-8. See `encode(_:addSpecial:parseSpecial:)`.
    public func encode(bytes: [UInt8], addSpecial: Bool = true, parseSpecial: Bool = false) -> [TokenID] {
        bytes.withUnsafeBytes { encode(bytes: $0, addSpecial: addSpecial, parseSpecial: parseSpecial) }
    }

    /// The tokens of a text given as bytes, which need not be UTF-8. See `encode(_:addSpecial:parseSpecial:)`.
    public func encode(
        bytes: UnsafeRawBufferPointer, addSpecial: Bool = true, parseSpecial: Bool = false
    ) -> [TokenID] {
        var output: [TokenID] = []
        output.reserveCapacity(bytes.count / 3 + 2)
        if addSpecial { output += vocabulary.special.template.prefix }
        append(bytes, parseSpecial: parseSpecial, start: .whole, to: &output)
        if addSpecial { output += vocabulary.special.template.suffix }
        return output
    }

    /// The tokens of a text that goes on behind another one: nothing is put before or after it, no special token is read
    /// from it, and what came before isn't divided anew.
    public func encode(continuation text: String) -> [TokenID] {
        var (text, output) = (text, [TokenID]())
        text.withUTF8 {
            append(UnsafeRawBufferPointer($0), parseSpecial: false, start: .continuation, to: &output)
        }
        return output
    }

    /// Two texts as one sequence, with the special tokens that the model wants around and between them.
    ///
    /// - Parameter parseSpecial: Read special tokens that the texts spell out as such.
    public func encodePair(_ first: String, _ second: String, parseSpecial: Bool = false) -> PairEncoding {
        var encoding = PairEncoding()
        for part in vocabulary.special.template.pair {
            let start = encoding.tokens.count
            let segment: Int32
            switch part {
            case .token(let token, let ownSegment):
                encoding.tokens.append(token)
                segment = ownSegment
            case .first(let ownSegment):
                encoding.tokens += encode(first, addSpecial: false, parseSpecial: parseSpecial)
                encoding.first = start..<encoding.tokens.count
                segment = ownSegment
            case .second(let ownSegment):
                encoding.tokens += encode(second, addSpecial: false, parseSpecial: parseSpecial)
                encoding.second = start..<encoding.tokens.count
                segment = ownSegment
            }
            encoding.segments += repeatElement(segment, count: encoding.tokens.count - start)
        }
        return encoding
    }

    private func append(
        _ bytes: UnsafeRawBufferPointer, parseSpecial: Bool, start: TextStart, to output: inout [TokenID]
    ) {
        let pieces = (parseSpecial ? special : userDefined).value.pieces(of: bytes)
        guard let normalized = vocabulary.normalizer.normalized(pieces, of: bytes, start: start) else {
            return append(pieces, of: bytes, parseSpecial: parseSpecial, start: start, to: &output)
        }
        normalized.bytes.withUnsafeBytes {
            append(normalized.pieces, of: $0, parseSpecial: parseSpecial, start: start, to: &output)
        }
    }

    private func append(
        _ pieces: [TextPiece], of bytes: UnsafeRawBufferPointer, parseSpecial: Bool, start: TextStart,
        to output: inout [TokenID]
    ) {
        var pieces = pieces
        if let matcher = parseSpecial ? normalizedSpecial : normalizedUserDefined {
            pieces = pieces.flatMap { piece in
                guard case .text(let range) = piece else { return [piece] }
                return matcher.value.pieces(of: bytes, in: range)
            }
        }
        guard let prepared = vocabulary.preparation.normalized(pieces, of: bytes, start: start) else {
            return encoder.value.encode(pieces, of: bytes, into: &output)
        }
        prepared.bytes.withUnsafeBytes { encoder.value.encode(prepared.pieces, of: $0, into: &output) }
    }

    /// What a token adds to the text: often part of a word, sometimes part of a character.
    ///
    /// Special tokens add nothing unless `renderSpecial` is set, tokens outside the vocabulary nothing at all.
    public func bytes(of token: TokenID, renderSpecial: Bool = false) -> [UInt8] {
        var bytes: [UInt8] = []
        append(token, renderSpecial: renderSpecial, to: &bytes)
        return bytes
    }

    /// Appends what a token adds to the text. See `bytes(of:renderSpecial:)`.
    func append(_ token: TokenID, renderSpecial: Bool, to bytes: inout [UInt8]) {
        if let token = index(token) { vocabulary.append(token, rendersSpecial: renderSpecial, to: &bytes) }
    }

    /// Whether a token is no text: it steers the model, or stands for what the vocabulary lacks.
    public func isSpecial(_ token: TokenID) -> Bool {
        index(token).map { vocabulary.attributes[$0].isHidden } ?? false
    }

    /// A token for people to look at: its text, or, for one that is no text, its name in the vocabulary.
    ///
    /// Bytes that are no whole character show as U+FFFD. Empty for a token outside the vocabulary.
    public func piece(of token: TokenID) -> String {
        guard let index = index(token) else { return "" }
        let bytes = bytes(of: token, renderSpecial: true)
        return String(decoding: bytes.isEmpty ? Array(vocabulary.strings.string(index)) : bytes, as: UTF8.self)
    }

    /// The text of a list of tokens; bytes that are no UTF-8 become U+FFFD.
    ///
    /// The text of a SentencePiece model that puts a space before it (`tokenizer.ggml.add_space_prefix`) keeps that
    /// space: a list may as well be the middle of a text.
    public func decode(_ tokens: [TokenID], renderSpecial: Bool = false) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(tokens.count * 4)
        for token in tokens { append(token, renderSpecial: renderSpecial, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func index(_ token: TokenID) -> Int? {
        token >= 0 && token < vocabulary.count ? Int(token) : nil
    }
}
