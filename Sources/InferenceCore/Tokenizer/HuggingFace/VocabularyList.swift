/// `vocab.txt`: BERT's word pieces, one a line.
struct VocabularyList {
    static let name = "vocab.txt"

    let folder: HuggingFaceFolder
    let bytes: [UInt8]
    let configuration: TokenizerConfiguration

    func contents() throws -> VocabularyContents {
        var tokens = try TokenList(folder: folder, configuration: configuration, added: .array(added()))
        tokens.continuingPrefix = Array("##".utf8)
        let lines = lines
        tokens.reserve(lines.count)
        for (id, line) in lines.enumerated() {
            guard let name = String(validating: line, as: UTF8.self) else { throw folder.error(Self.name, .malformed) }
            try tokens.insert(name, id: id)
        }
        var contents = VocabularyContents()
        contents.file = folder.file(Self.name)
        contents.model = "WordPiece"
        let lowercases = configuration.boolean("do_lower_case") ?? true
        var rules = PublishedRules(
            algorithm: .wordPiece(longestWord: 100),
            normalizer: [
                .bert(
                    BERTNormalizer(
                        spacesIdeographs: configuration.boolean("tokenize_chinese_chars") ?? true,
                        stripsAccents: configuration.boolean("strip_accents") ?? lowercases, lowercases: lowercases))
            ])
        let unknown = configuration.token("unk_token") ?? "[UNK]"
        try tokens.finish(&contents, rules: &rules, unknown: unknown, hasByteTokens: false)
        let ids = specialTokens.map { name in lines.firstIndex { $0.elementsEqual(name.utf8) } }
        if let classification = ids[0] { contents.ids[TokenizerKey.beginningOfSequence] = classification }
        if let separator = ids[1] { contents.ids[TokenizerKey.endOfSequence] = separator }
        rules.template = SequenceTemplate(
            prefix: ids[0].map { [TokenID($0)] } ?? [], suffix: ids[1].map { [TokenID($0)] } ?? [])
        contents.published = rules
        return contents
    }

    /// The lines without their ends; an empty one at the end of the file is none.
    private var lines: [ArraySlice<UInt8>] {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty ?? false { lines.removeLast() }
        return lines.map { $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0 }
    }

    private var specialTokens: [String] {
        [
            configuration.token("cls_token") ?? "[CLS]", configuration.token("sep_token") ?? "[SEP]",
            configuration.token("unk_token") ?? "[UNK]", configuration.token("pad_token") ?? "[PAD]",
            configuration.token("mask_token") ?? "[MASK]",
        ]
    }

    /// The special tokens, as tokenizer.json would list them.
    private func added() -> [JSONValue] {
        let names = specialTokens
        return lines.enumerated().compactMap { id, line in
            guard let name = names.first(where: { line.elementsEqual($0.utf8) }) else { return nil }
            return ["id": .integer(id), "content": .string(name), "special": true]
        }
    }
}
