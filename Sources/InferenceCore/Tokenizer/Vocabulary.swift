/// The tokens of a model: bytes, attributes, order; checked, so that every id below `count` has all of them.
struct Vocabulary: Sendable {
    /// How text becomes tokens.
    enum Algorithm: Sendable {
        /// Byte pairs; a word that is a token as it stands may be taken whole.
        case bytePair(any Pretokenizer, ignoresMerges: Bool)
        /// Character pairs.
        case sentencePiece(SentencePieceOptions)
        case unigram(cutsAtSpaceMarks: Bool)
        /// - longestWord: in characters.
        case wordPiece(longestWord: Int)
    }

    let algorithm: Algorithm
    /// What is done to a text before tokens that are found in normalized text, and after.
    let normalizer: TextNormalizer
    let preparation: TextNormalizer
    /// The bytes by which the algorithm knows each token. Byte-pair: what a normal token stands for, the name of any
    /// other. Else: the name, in which U+2581 stands for a space.
    let strings: PackedStrings
    let attributes: [TokenAttributes]
    /// The pieces' scores; empty where the file has none, which means zero for all.
    let scores: [Double]
    let special: SpecialTokens

    var count: Int { strings.count }

    /// - Throws: `TokenizerError` where a key is missing or contradicts the tokens.
    init(_ contents: VocabularyContents) throws {
        algorithm = try contents.published?.algorithm ?? Self.algorithm(contents)
        normalizer = TextNormalizer(steps: contents.published?.normalizer ?? [])
        preparation = try TextNormalizer(steps: contents.published?.preparation ?? Self.preparation(contents))
        let count = contents.tokens.count
        guard count > 0 else { throw contents.error(TokenizerKey.tokens, .empty) }
        let limit = Int(TokenID.max) / 4
        guard count < limit else { throw contents.error(TokenizerKey.tokens, .outOfRange(found: count, limit: limit)) }
        if let types = contents.tokenTypes, types.count < count {
            throw contents.error(TokenizerKey.tokenTypes, .tooShort(expected: count, found: types.count))
        }
        if let scores = contents.scores, scores.count < count {
            throw contents.error(TokenizerKey.scores, .tooShort(expected: count, found: scores.count))
        }
        scores = contents.scores ?? []
        var attributes = [TokenAttributes](repeating: .normal, count: count)
        if let types = contents.tokenTypes {
            for token in 0..<count { attributes[token] = TokenAttributes(tokenType: types[token]) }
        }
        special = try SpecialTokens(contents, algorithm: algorithm, attributes: &attributes)
        switch algorithm {
        case .bytePair: strings = Self.decoded(contents.tokens, &attributes)
        case .sentencePiece, .unigram, .wordPiece: strings = contents.tokens
        }
        self.attributes = attributes
    }

    private static func algorithm(_ contents: VocabularyContents) throws -> Algorithm {
        switch contents.model {
        case nil: throw contents.error(TokenizerKey.model, .missing)
        case "llama": return .sentencePiece(SentencePieceOptions())
        case "t5": return .unigram(cutsAtSpaceMarks: false)
        case "bert": return .wordPiece(longestWord: 100)
        case "gemma4":
            guard contents.merges != nil else { throw contents.error(TokenizerKey.merges, .missing) }
            return .sentencePiece(mergedPieces)
        case "gpt2":
            guard contents.merges != nil else { throw contents.error(TokenizerKey.merges, .missing) }
            let name = contents.pretokenizer ?? "default"
            if markedPretokenizers.contains(name) { return .sentencePiece(mergedPieces) }
            guard let pretokenizer = Pretokenizers.named(name) else {
                let known = Pretokenizers.all.compactMap(\.names.first)
                throw contents.error(TokenizerKey.pretokenizer, .unsupported(found: name, known: known))
            }
            return .bytePair(pretokenizer, ignoresMerges: pretokenizer.ignoresMerges)
        case .some(let model):
            let known = ["gpt2", "llama", "gemma4", "t5", "bert"]
            throw contents.error(TokenizerKey.model, .unsupported(found: model, known: known))
        }
    }

    private static let mergedPieces = SentencePieceOptions(usesMerges: true, cutsAtLineFeeds: true)

    /// Values of `tokenizer.ggml.pre` for byte pairs of SentencePiece's kind: characters, and spaces as marks.
    private static let markedPretokenizers = ["gemma4", "granite-embed-multi-311m", "sarvam-moe"]

    /// What a GGUF file's kind of tokenizer does to a text first.
    private static func preparation(_ contents: VocabularyContents) throws -> [NormalizerStep] {
        switch contents.model {
        case "llama": [.spaceMarks(SpaceMarking(addsPrefix: contents.addSpacePrefix ?? true, removesExtra: false))]
        case "gemma4": [.spaceMarks(SpaceMarking(addsPrefix: false, removesExtra: false))]
        case "gpt2" where contents.pretokenizer.map(markedPretokenizers.contains) ?? false:
            [.spaceMarks(SpaceMarking(addsPrefix: contents.addSpacePrefix ?? false, removesExtra: false))]
        case "t5":
            try characterMap(contents) + [
                .spaceMarks(
                    SpaceMarking(
                        addsPrefix: contents.addSpacePrefix ?? false,
                        removesExtra: contents.removeExtraWhitespaces ?? false))
            ]
        case "bert":
            [
                .bert(
                    BERTNormalizer(
                        stripsAccents: contents.stripsAccents ?? contents.lowercases ?? true,
                        lowercases: contents.lowercases ?? true))
            ]
        default: []
        }
    }

    private static func characterMap(_ contents: VocabularyContents) throws -> [NormalizerStep] {
        guard let bytes = contents.characterMap, !bytes.isEmpty else { return [] }
        guard let map = CharacterMap(bytes) else { throw contents.error(TokenizerKey.characterMap, .malformed) }
        return [.characterMap(map, byGrapheme: false)]
    }

    /// The tokens of a byte-pair vocabulary as the bytes they stand for, where they stand for bytes.
    private static func decoded(_ names: PackedStrings, _ attributes: inout [TokenAttributes]) -> PackedStrings {
        let alphabet = ByteAlphabet()
        return PackedStrings(mapping: names) { token, name, output in
            if isWrittenInAlphabet(attributes[token]), let count = alphabet.decode(name, into: output) { return count }
            if !name.allSatisfy({ (0x21...0x7E).contains($0) }) { attributes[token].insert(.verbatim) }
            output.copyMemory(from: name)
            return name.count
        }
    }

    private static func isWrittenInAlphabet(_ attributes: TokenAttributes) -> Bool {
        attributes.contains(.normal) && !attributes.isSpecial
    }

    /// Appends what the token puts into a text; special tokens put nothing, unless they are asked for.
    ///
    /// As in llama.cpp, an unused token is nothing either way.
    func append(_ token: Int, rendersSpecial: Bool, to output: inout [UInt8]) {
        let attributes = attributes[token]
        if attributes.isHidden && !rendersSpecial { return }
        strings.withString(token) { string in
            if attributes.isSpecial {
                output.append(contentsOf: string)
            } else if attributes.contains(.normal) {
                switch algorithm {
                case .bytePair: output.append(contentsOf: string)
                case .sentencePiece, .unigram, .wordPiece: SpaceMark.unescape(string, into: &output)
                }
            } else if attributes.contains(.byte), let byte = ByteToken.byte(string) {
                output.append(byte)
            }
        }
    }
}
