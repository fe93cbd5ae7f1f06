import InferenceCore

extension FuzzTarget {
    /// Makes a tokenizer of a `tokenizer.json` and divides texts with it.
    static let tokenizer = FuzzTarget(
        "tokenizer",
        words: [
            "{\"", "\":\"", "\":{", "\":[", "},", "],", "null", "true", "\"type\":", "\"model\"", "\"vocab\"",
            "\"merges\"", "BPE", "Unigram", "WordPiece", "Sequence", "Split", "ByteLevel", "Metaspace", "NFC",
            "Lowercase", "BertNormalizer", "TemplateProcessing", "\"added_tokens\"", "\"id\":", "\"content\":",
            "\"special\":true", "\"pattern\":{\"Regex\":", "\\\\p{L}", "byte_fallback", "unk_id", "<unk>", "##", "▁",
            "Ġ", "-1", "1e9", "2147483648",
        ]
    ) { bytes in
        guard let tokenizer = try? Tokenizer(folder: "fuzz", files: ["tokenizer.json": bytes]) else { return false }
        exercise(tokenizer, besides: String(decoding: bytes.suffix(64), as: UTF8.self))
        return true
    }

    /// Divides texts, and puts the pieces together again.
    static func exercise(_ tokenizer: Tokenizer, besides text: String) {
        for text in ["", "a", "ab  ba\n\n1234", "é日本 🎉\u{0}", "<s>a</s>", text] {
            for parsesSpecial in [false, true] {
                let tokens = tokenizer.encode(text, addSpecial: parsesSpecial, parseSpecial: parsesSpecial)
                require(
                    tokens.allSatisfy { $0 >= 0 && $0 < tokenizer.vocabularySize }, "a token outside of the vocabulary")
                _ = tokenizer.decode(tokens, renderSpecial: parsesSpecial)
            }
        }
        for token in 0..<min(tokenizer.vocabularySize, 64) { _ = tokenizer.piece(of: TokenID(token)) }
    }
}
