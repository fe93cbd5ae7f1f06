extension Tokenizer {
    /// Opens the tokenizer of a Hugging Face folder: `tokenizer.json`, or else `vocab.txt`, with
    /// `tokenizer_config.json`, `special_tokens_map.json` and `generation_config.json` where they are there.
    ///
    /// - Throws: `TokenizerError` naming the file for what is missing, malformed or has no counterpart here;
    ///   `MappedFileError` for files that can't be read.
    public init(folder: String) throws {
        try self.init(VocabularyContents(HuggingFaceFolder(folder)))
    }

    /// Makes a tokenizer of the contents of such a folder's files, by their names; `folder` is what errors call it.
    ///
    /// - Throws: As ``init(folder:)`` does.
    public init(folder: String, files: [String: [UInt8]]) throws {
        try self.init(VocabularyContents(HuggingFaceFolder(folder, files: files)))
    }

    /// Opens the tokenizer of a GGUF file or of a Hugging Face folder, whichever the path leads to. Of a file, only the
    /// metadata is read: it may have no tensors.
    ///
    /// - Throws: As ``init(folder:)`` and ``init(metadata:)`` do.
    public init(path: String) throws {
        if HuggingFaceFolder.exists(at: path) {
            try self.init(folder: path)
        } else {
            try self.init(metadata: GGUFFile(path: path).metadata)
        }
    }

    /// The chat template of a GGUF file or of a Hugging Face folder; nil where there is none.
    public static func chatTemplateSource(path: String) throws -> String? {
        if HuggingFaceFolder.exists(at: path) { return try chatTemplateSource(folder: path) }
        return try GGUFFile(path: path).metadata.stringIfPresent("tokenizer.chat_template")
    }

    /// The chat template of a Hugging Face folder, as `tokenizer.chat_template` of a GGUF file would have it; nil where
    /// there is none.
    ///
    /// It stands in `chat_template.jinja`, or in `tokenizer_config.json`: alone or, among several, as "default".
    ///
    /// - Throws: As ``init(folder:)`` does.
    public static func chatTemplateSource(folder: String) throws -> String? {
        let folder = HuggingFaceFolder(folder)
        if let bytes = try folder.bytesIfPresent("chat_template.jinja") {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw folder.error("chat_template.jinja", .malformed)
            }
            return text
        }
        let value = try folder.valueIfPresent("tokenizer_config.json")?["chat_template"]
        if let text = value?.stringValue { return text }
        let templates = value?.arrayValue ?? []
        let chosen = templates.first { $0["name"]?.stringValue == "default" } ?? templates.first
        return chosen?["template"]?.stringValue
    }
}

extension VocabularyContents {
    init(_ folder: HuggingFaceFolder) throws {
        let configuration = try TokenizerConfiguration(folder)
        if let value = try folder.valueIfPresent("tokenizer.json") {
            let file = TokenizerFile(folder: folder, value: value, configuration: configuration)
            self = try file.contents()
        } else if let bytes = try folder.bytesIfPresent("vocab.txt") {
            self = try VocabularyList(folder: folder, bytes: bytes, configuration: configuration).contents()
        } else {
            throw folder.error("tokenizer.json", .missing)
        }
    }
}
