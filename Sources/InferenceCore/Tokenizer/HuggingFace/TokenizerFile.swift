/// `tokenizer.json`: the model, and the steps before and after it.
///
/// Source: the serialization of PyPI's `tokenizers`.
struct TokenizerFile {
    static let name = "tokenizer.json"

    let folder: HuggingFaceFolder
    let value: JSONValue
    let configuration: TokenizerConfiguration

    func contents() throws -> VocabularyContents {
        guard let model = value["model"], let kind = modelKind(model) else { throw error("model", .missing) }
        var contents = VocabularyContents()
        contents.file = folder.file(Self.name)
        contents.model = kind
        switch kind {
        case "BPE": try readBytePairs(model, into: &contents)
        case "Unigram": try readUnigram(model, into: &contents)
        case "WordPiece": try readWordPieces(model, into: &contents)
        default:
            throw error("model.type", .unsupported(found: kind, known: ["BPE", "Unigram", "WordPiece"]))
        }
        return contents
    }

    func error(_ key: String, _ reason: TokenizerError.Reason) -> TokenizerError {
        TokenizerError(file: folder.file(Self.name), key: key, reason: reason)
    }

    /// Old files leave the type out.
    private func modelKind(_ model: JSONValue) -> String? {
        if let kind = model["type"]?.stringValue { return kind }
        if model["merges"] != nil { return "BPE" }
        if model["max_input_chars_per_word"] != nil { return "WordPiece" }
        return model["unk_id"] != nil || model["vocab"]?.arrayValue != nil ? "Unigram" : nil
    }

    // MARK: Models

    private func readBytePairs(_ model: JSONValue, into contents: inout VocabularyContents) throws {
        for name in ["continuing_subword_prefix", "end_of_word_suffix"] {
            if let text = model[name]?.stringValue, !text.isEmpty {
                throw error("model.\(name)", .unknownPart(found: text))
            }
        }
        guard let vocabulary = model["vocab"]?.objectValue else { throw error("model.vocab", .missing) }
        var tokens = try TokenList(folder: folder, configuration: configuration, added: value["added_tokens"])
        try tokens.insert(vocabulary)
        let steps = pretokenizerSteps()
        let hasByteFallback = model["byte_fallback"]?.booleanValue ?? false
        var rules = PublishedRules(algorithm: .unigram(cutsAtSpaceMarks: false))
        if let bytePair = try bytePair(steps, model) {
            rules.algorithm = bytePair
            rules.normalizer = try normalizerSteps(value["normalizer"])
            rules.preparation = leadingSpace(steps)
        } else {
            var options = SentencePieceOptions(usesMerges: true)
            if !hasByteFallback {
                options.unknownCharacters = model["fuse_unk"]?.booleanValue ?? false ? .fused : .single
            }
            rules.normalizer = try normalizerSteps(value["normalizer"])
            rules.preparation = try metaspace(steps, cuts: &options.cutsAtSpaceMarks)
            rules.algorithm = .sentencePiece(options)
        }
        let unknown = model["unk_token"]?.stringValue
        try tokens.finish(&contents, rules: &rules, unknown: unknown, hasByteTokens: hasByteFallback)
        rules.template = try template(contents)
        contents.merges = try merges(model, contents)
        contents.published = rules
    }

    private func readUnigram(_ model: JSONValue, into contents: inout VocabularyContents) throws {
        guard let vocabulary = model["vocab"]?.arrayValue else { throw error("model.vocab", .missing) }
        var tokens = try TokenList(folder: folder, configuration: configuration, added: value["added_tokens"])
        var scores: [Double] = []
        scores.reserveCapacity(vocabulary.count)
        tokens.reserve(vocabulary.count)
        for (id, entry) in vocabulary.enumerated() {
            guard let pair = entry.arrayValue, pair.count == 2, let name = pair[0].stringValue,
                let score = pair[1].numberValue
            else { throw error("model.vocab", .malformed) }
            try tokens.insert(name, id: id)
            scores.append(PublishedScore.asRead(score))
        }
        var cuts = false
        let steps = pretokenizerSteps()
        var rules = PublishedRules(algorithm: .unigram(cutsAtSpaceMarks: false))
        rules.normalizer = try normalizerSteps(value["normalizer"])
        rules.preparation = try metaspace(steps, cuts: &cuts)
        rules.algorithm = .unigram(cutsAtSpaceMarks: cuts)
        let unknown = model["unk_id"]?.integerValue.flatMap { id in
            vocabulary.indices.contains(id) ? vocabulary[id].arrayValue?.first?.stringValue : nil
        }
        try tokens.finish(
            &contents, rules: &rules, unknown: unknown, hasByteTokens: model["byte_fallback"]?.booleanValue ?? false)
        scores += [Double](repeating: 0, count: max(0, contents.tokens.count - scores.count))
        contents.scores = scores
        rules.template = try template(contents)
        contents.published = rules
    }

    private func readWordPieces(_ model: JSONValue, into contents: inout VocabularyContents) throws {
        guard let vocabulary = model["vocab"]?.objectValue else { throw error("model.vocab", .missing) }
        var tokens = try TokenList(folder: folder, configuration: configuration, added: value["added_tokens"])
        tokens.continuingPrefix = Array((model["continuing_subword_prefix"]?.stringValue ?? "##").utf8)
        try tokens.insert(vocabulary)
        guard pretokenizerKinds() == ["BertPreTokenizer"] else {
            throw error("pre_tokenizer", .unknownPart(found: pretokenizerKinds().joined(separator: ", ")))
        }
        let longest = model["max_input_chars_per_word"]?.integerValue ?? 100
        var rules = try PublishedRules(
            algorithm: .wordPiece(longestWord: max(0, longest)), normalizer: normalizerSteps(value["normalizer"]))
        try tokens.finish(
            &contents, rules: &rules, unknown: model["unk_token"]?.stringValue ?? "[UNK]", hasByteTokens: false)
        rules.template = try template(contents)
        contents.published = rules
    }

    /// The merges, which are strings with a space between two names or, in newer files, pairs of names.
    private func merges(_ model: JSONValue, _ contents: VocabularyContents) throws -> MergeList {
        guard let entries = model["merges"]?.arrayValue else { throw error("model.merges", .missing) }
        var names = PackedStrings(reservingCount: entries.count)
        var name: [UInt8] = []
        for entry in entries {
            name.removeAll(keepingCapacity: true)
            if let text = entry.stringValue {
                name += text.utf8
            } else if let pair = entry.arrayValue, pair.count == 2, let left = pair[0].stringValue,
                let right = pair[1].stringValue
            {
                name += left.utf8
                name.append(UInt8(ascii: " "))
                name += right.utf8
            } else {
                throw error("model.merges", .malformed)
            }
            name.withUnsafeBytes { names.append($0) }
        }
        return names.bytes.withUnsafeBytes { bytes in
            MergeList(count: names.count, tokens: contents.tokens, types: contents.tokenTypes) {
                UnsafeRawBufferPointer(rebasing: bytes[names.range($0)])
            }
        }
    }
}
