/// The tokens of a folder by id: those of the model, and those that were added to it.
struct TokenList {
    private let folder: HuggingFaceFolder
    private let configuration: TokenizerConfiguration
    private let added: [JSONValue]
    /// What pieces that go on with a word begin with; they are kept without it, and the others with a space mark.
    var continuingPrefix: [UInt8]?

    private var names: [[UInt8]?] = []
    private var ids: [String: Int] = [:]

    /// So many ids may lie idle between the tokens: more would fill memory with nothing.
    private static let idleIDs = 1 << 16
    private var limit = Self.idleIDs

    init(folder: HuggingFaceFolder, configuration: TokenizerConfiguration, added: JSONValue?) throws {
        self.folder = folder
        self.configuration = configuration
        // Newer than tokenizer.json, if they differ: people edit it.
        self.added = (added?.arrayValue ?? []) + (added == nil ? configuration.addedTokens : [])
    }

    mutating func insert(_ vocabulary: JSONObject) throws {
        reserve(vocabulary.count)
        ids.reserveCapacity(vocabulary.count)
        for member in vocabulary {
            guard let id = member.value.integerValue else { throw error("model.vocab", .malformed) }
            try insert(member.name, id: id)
        }
    }

    /// Makes room for so many tokens whose ids are their places.
    mutating func reserve(_ count: Int) {
        limit += count
        names.reserveCapacity(count)
    }

    mutating func insert(_ name: String, id: Int) throws {
        guard id >= 0, id < limit else { throw error("model.vocab", .outOfRange(found: id, limit: limit)) }
        while names.count <= id { names.append(nil) }
        names[id] = Array(name.utf8)
        ids[name] = id
    }

    /// Fills in the tokens, their types, and which have parts to play.
    mutating func finish(
        _ contents: inout VocabularyContents, rules: inout PublishedRules, unknown: String?, hasByteTokens: Bool
    ) throws {
        limit = max(limit, names.count + added.count + Self.idleIDs)
        var types: [Int: Int] = [:]
        for token in added {
            guard let id = token["id"]?.integerValue, let name = token["content"]?.stringValue else {
                throw error("added_tokens", .malformed)
            }
            try insert(name, id: id)
            types[id] = token["special"]?.booleanValue ?? false ? 3 : 4
            rules.addedTokens.append(
                PublishedRules.AddedToken(
                    id: TokenID(id), stripsLeft: token["lstrip"]?.booleanValue ?? false,
                    stripsRight: token["rstrip"]?.booleanValue ?? false,
                    isSingleWord: token["single_word"]?.booleanValue ?? false,
                    isNormalized: (token["normalized"]?.booleanValue ?? false) && !rules.normalizer.isEmpty))
        }
        contents.ids = configuration.ids { ids[$0] }
        if let unknown, let id = ids[unknown] {
            contents.ids[TokenizerKey.unknown] = id
            if types[id] != 4 { types[id] = 2 }
        } else {
            contents.ids[TokenizerKey.unknown] = nil
        }
        rules.endOfGeneration = configuration.endOfGeneration.filter(names.indices.contains).map { TokenID($0) }
        var tokens = PackedStrings(reservingCount: names.count)
        var tokenTypes = [Int](repeating: 1, count: names.count)
        for (id, name) in names.enumerated() {
            guard let name else {
                tokenTypes[id] = 5
                tokens.append(UnsafeRawBufferPointer(start: nil, count: 0))
                continue
            }
            let stored = types[id] == nil ? marked(name) : name
            stored.withUnsafeBytes { bytes in
                if hasByteTokens, ByteToken.byte(bytes) != nil { tokenTypes[id] = 6 }
                tokens.append(bytes)
            }
            if let type = types[id] { tokenTypes[id] = type }
        }
        contents.tokens = tokens
        contents.tokenTypes = tokenTypes
    }

    /// A word piece as GGUF files have it.
    private func marked(_ name: [UInt8]) -> [UInt8] {
        guard let continuingPrefix else { return name }
        return name.starts(with: continuingPrefix) && name.count > continuingPrefix.count
            ? Array(name.dropFirst(continuingPrefix.count)) : SpaceMark.utf8 + name
    }

    private func error(_ key: String, _ reason: TokenizerError.Reason) -> TokenizerError {
        TokenizerError(file: folder.file(TokenizerFile.name), key: key, reason: reason)
    }
}
