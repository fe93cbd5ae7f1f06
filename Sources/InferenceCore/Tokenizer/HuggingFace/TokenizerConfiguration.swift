/// What a folder's small files say of its tokenizer: which tokens play a part, and how BERT's text is prepared.
struct TokenizerConfiguration: Sendable {
    /// `tokenizer_config.json` and, for what that leaves out, `special_tokens_map.json`.
    private let sources: [JSONValue]
    /// Token ids that end a generation.
    private(set) var endOfGeneration: [Int] = []

    init(_ folder: HuggingFaceFolder) throws {
        sources = try ["tokenizer_config.json", "special_tokens_map.json"].compactMap(folder.valueIfPresent)
        for name in ["generation_config.json", "config.json"] {
            guard let ids = try folder.valueIfPresent(name)?["eos_token_id"] else { continue }
            endOfGeneration = (ids.arrayValue ?? [ids]).compactMap(\.integerValue)
            if !endOfGeneration.isEmpty { break }
        }
    }

    /// The text of a token such as `bos_token`.
    func token(_ name: String) -> String? {
        for source in sources {
            if let text = source[name]?.stringValue ?? source[name]?["content"]?.stringValue { return text }
        }
        return nil
    }

    func boolean(_ name: String) -> Bool? {
        sources.lazy.compactMap { $0[name]?.booleanValue }.first
    }

    /// The members of `added_tokens_decoder`, whose names are ids.
    var addedTokens: [JSONValue] {
        sources.first?["added_tokens_decoder"]?.objectValue?.compactMap { member in
            guard let id = Int(member.name), var token = member.value.objectValue else { return nil }
            token["id"] = .integer(id)
            return .object(token)
        } ?? []
    }

    /// The ids of the tokens that have parts, under the keys that GGUF files have for them.
    func ids(_ id: (String) -> Int?) -> [String: Int] {
        var ids: [String: Int] = [:]
        // BERT's names first, so that others win.
        for (name, key) in [
            ("cls_token", TokenizerKey.beginningOfSequence), ("sep_token", TokenizerKey.endOfSequence),
            ("bos_token", TokenizerKey.beginningOfSequence), ("eos_token", TokenizerKey.endOfSequence),
            ("unk_token", TokenizerKey.unknown),
        ] {
            if let text = token(name), let id = id(text) { ids[key] = id }
        }
        return ids
    }
}

extension JSONValue {
    var integerValue: Int? {
        guard case .integer(let value) = self else { return nil }
        return value
    }

    var booleanValue: Bool? {
        guard case .boolean(let value) = self else { return nil }
        return value
    }

    /// Any number.
    var numberValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }
}
