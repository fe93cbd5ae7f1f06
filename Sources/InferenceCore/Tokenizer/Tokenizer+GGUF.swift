extension Tokenizer {
    /// Opens the tokenizer of a model file: byte pairs ("gpt2") with one of the known pretokenizers, SentencePiece's
    /// pairs ("llama", "gemma4") or unigrams ("t5"), or BERT's word pieces ("bert").
    ///
    /// Copies the tokens out of the file; takes some milliseconds for a quarter of a million of them.
    ///
    /// - Throws: `TokenizerError` for a tokenizer of another kind, and where keys are missing or contradict each
    ///   other; `GGUFError` for a key of the wrong type.
    public init(metadata: GGUFMetadata) throws {
        try self.init(VocabularyContents(metadata))
    }
}

extension VocabularyContents {
    init(_ metadata: GGUFMetadata) throws {
        file = metadata.path
        modelName = try metadata.stringIfPresent(TokenizerKey.modelName) ?? ""
        model = try metadata.stringIfPresent(TokenizerKey.model)
        pretokenizer = try metadata.stringIfPresent(TokenizerKey.pretokenizer)
        guard let strings = try metadata.stringsIfPresent(TokenizerKey.tokens) else {
            throw error(TokenizerKey.tokens, .missing)
        }
        tokens = PackedStrings(strings)
        tokenTypes = try metadata.integersIfPresent(TokenizerKey.tokenTypes)
        scores = try metadata.floatsIfPresent(TokenizerKey.scores)?.map { Double($0) }
        merges = try metadata.stringsIfPresent(TokenizerKey.merges).map { names in
            withExtendedLifetime(names) {
                MergeList(count: names.count, tokens: tokens, types: tokenTypes) { names.utf8(at: $0) }
            }
        }
        addSpacePrefix = try metadata.boolIfPresent(TokenizerKey.addSpacePrefix)
        removeExtraWhitespaces = try metadata.boolIfPresent(TokenizerKey.removeExtraWhitespaces)
        characterMap = try metadata.integersIfPresent(TokenizerKey.characterMap)?.map {
            UInt8(truncatingIfNeeded: $0)
        }
        lowercases = try metadata.boolIfPresent(TokenizerKey.lowercase)
        stripsAccents = try metadata.boolIfPresent(TokenizerKey.stripAccents)
        addBeginningOfSequence = try metadata.boolIfPresent(TokenizerKey.addBeginningOfSequence)
        addEndOfSequence = try metadata.boolIfPresent(TokenizerKey.addEndOfSequence)
        for key in TokenizerKey.ids { ids[key] = try metadata.integerIfPresent(key) }
    }
}

extension PackedStrings {
    fileprivate init(_ strings: GGUFStrings) {
        self = withExtendedLifetime(strings) {
            PackedStrings(count: strings.count, byteCount: strings.byteCount) { strings.utf8(at: $0) }
        }
    }
}
