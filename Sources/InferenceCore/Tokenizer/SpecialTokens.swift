/// The tokens with a part to play, from the file's ids and, as files leave many of them out, from the tokens' names.
///
/// Source: llama.cpp, `llama_vocab::impl::load`. One rule of it is left out: a byte-pair file that names no
/// beginning or end of sequence has none here, where llama.cpp takes token 11, Falcon's.
struct SpecialTokens: Sendable {
    private(set) var beginningOfSequence: TokenID?
    private(set) var endOfSequence: TokenID?
    private(set) var unknown: TokenID?
    private(set) var endOfGeneration: Set<TokenID> = []
    private(set) var addsBeginningOfSequence: Bool
    private(set) var addsEndOfSequence: Bool
    /// Special tokens after which whitespace in the text is dropped.
    private(set) var swallowsWhitespace: Set<TokenID> = []
    /// What goes around a text.
    private(set) var template = SequenceTemplate(prefix: [], suffix: [])

    /// - Parameter attributes: of each token; corrected where a name says more than the token's type.
    /// - Throws: `TokenizerError` for an id beyond the vocabulary, or one that is needed and missing.
    init(
        _ contents: VocabularyContents, algorithm: Vocabulary.Algorithm, attributes: inout [TokenAttributes]
    ) throws {
        for key in TokenizerKey.ids { _ = try Self.id(key, contents) }
        addsEndOfSequence = contents.addEndOfSequence ?? false
        switch algorithm {
        case .bytePair(let pretokenizer, _):
            addsBeginningOfSequence = contents.addBeginningOfSequence ?? pretokenizer.addsBeginningOfSequence
        case .sentencePiece:
            addsBeginningOfSequence = contents.addBeginningOfSequence ?? true
            // The original Llama vocabulary's ids, which old files leave out.
            (unknown, beginningOfSequence, endOfSequence) = (0, 1, 2)
        case .unigram:
            addsBeginningOfSequence = contents.addBeginningOfSequence ?? false
            addsEndOfSequence = contents.addEndOfSequence ?? true
            // T5's ids.
            (unknown, endOfSequence) = (2, 1)
        case .wordPiece:
            (addsBeginningOfSequence, addsEndOfSequence) = (true, true)
            // BERT's ids, and the names that its files have for them.
            beginningOfSequence = try Self.id(TokenizerKey.classification, contents) ?? 101
            endOfSequence = try Self.id(TokenizerKey.separator, contents) ?? 102
            unknown = 100
        }
        if contents.published != nil { (unknown, beginningOfSequence, endOfSequence) = (nil, nil, nil) }
        unknown = try Self.id(TokenizerKey.unknown, contents) ?? unknown.flatMap(attributes.existing)
        beginningOfSequence =
            try Self.id(TokenizerKey.beginningOfSequence, contents) ?? beginningOfSequence.flatMap(attributes.existing)
        endOfSequence = try Self.id(TokenizerKey.endOfSequence, contents) ?? endOfSequence.flatMap(attributes.existing)
        if let published = contents.published {
            template = published.template
            addsBeginningOfSequence = beginningOfSequence.map(template.prefix.contains) ?? false
            addsEndOfSequence = endOfSequence.map(template.suffix.contains) ?? false
            endOfGeneration = Set(published.endOfGeneration)
        } else {
            template = SequenceTemplate(
                prefix: addsBeginningOfSequence ? [beginningOfSequence].compactMap(\.self) : [],
                suffix: addsEndOfSequence ? [endOfSequence].compactMap(\.self) : [])
        }
        if addsBeginningOfSequence, beginningOfSequence == nil {
            throw contents.error(
                TokenizerKey.addBeginningOfSequence, .needs(key: TokenizerKey.beginningOfSequence))
        }
        if addsEndOfSequence, endOfSequence == nil {
            throw contents.error(TokenizerKey.addEndOfSequence, .needs(key: TokenizerKey.endOfSequence))
        }
        // An encoder's vocabulary may have such names, but nobody generates with it.
        if case .wordPiece = algorithm { return }
        try applyNames(SpecialTokenNames.tokens(in: contents.tokens), contents, &attributes)
        applyModelName(contents, attributes)
    }

    private mutating func applyNames(
        _ named: [String: TokenID], _ contents: VocabularyContents, _ attributes: inout [TokenAttributes]
    ) throws {
        for role in SpecialTokenNames.roles {
            var id = try Self.id(role.key, contents)
            if id == nil, let token = role.names.lazy.compactMap({ named[$0] }).first {
                attributes[Int(token)].insert(.control)
                id = token
            }
            if let id, role.endsGeneration { endOfGeneration.insert(id) }
        }
        for name in SpecialTokenNames.endOfGeneration {
            guard let token = named[name] else { continue }
            attributes[Int(token)].insert(.control)
            endOfGeneration.insert(token)
        }
        if let endOfSequence { endOfGeneration.insert(endOfSequence) }
        for name in SpecialTokenNames.channels {
            if let token = named[name] { attributes[Int(token)] = .userDefined }
        }
        for exception in SpecialTokenNames.exceptions {
            guard let token = named[exception.name],
                exception.unless.contains(where: { $0.allSatisfy { named[$0] != nil } }),
                endOfGeneration.remove(token) != nil
            else { continue }
            attributes[Int(token)] = exception.attributes
        }
    }

    /// Files carry no attribute for stripped whitespace: llama.cpp knows Phi-3 by the model's name.
    private mutating func applyModelName(_ contents: VocabularyContents, _ attributes: [TokenAttributes]) {
        let name = contents.modelName.lowercased()
        guard name.contains("phi-3") || name.contains("phi3") else { return }
        let kept = ["<unk>", "<s>", "<|endoftext|>"].map { Array($0.utf8)[...] }
        for token in attributes.indices where attributes[token].isSpecial {
            if !kept.contains(contents.tokens.string(token)) { swallowsWhitespace.insert(TokenID(token)) }
        }
    }

    /// The id under `key`, or nil where the file has none or says so with -1.
    private static func id(_ key: String, _ contents: VocabularyContents) throws -> TokenID? {
        guard let id = contents.ids[key], id != -1, id != Int(UInt32.max) else { return nil }
        guard id >= 0, id < contents.tokens.count else {
            throw contents.error(key, .outOfRange(found: id, limit: contents.tokens.count))
        }
        return TokenID(id)
    }
}

extension [TokenAttributes] {
    /// The id, if there is such a token.
    fileprivate func existing(_ token: TokenID) -> TokenID? {
        Int(token) < count ? token : nil
    }
}
