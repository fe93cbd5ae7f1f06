import InferenceCore

extension FuzzTarget {
    /// Makes a tokenizer of a file's metadata and divides texts with it.
    static let vocabulary = FuzzTarget(
        "vocabulary",
        words: [
            "GGUF", "gpt2", "llama", "smollm", "qwen2", "llama-bpe", "default", "<0x41>", "<s>", "▁", "Ġ", "a b",
            "tokenizer.ggml.model", "tokenizer.ggml.pre", "tokenizer.ggml.tokens", "tokenizer.ggml.scores",
            "tokenizer.ggml.token_type", "tokenizer.ggml.merges", "tokenizer.ggml.bos_token_id",
            "tokenizer.ggml.add_bos_token", "\u{5}\0\0\0", "\u{6}\0\0\0", "\u{8}\0\0\0", "\u{3}\0\0\0",
        ]
    ) { bytes in
        let mapping = MappedFile(copying: bytes, path: "fuzz.gguf")
        guard let file = try? GGUFFile(mapping: mapping), let tokenizer = try? Tokenizer(metadata: file.metadata)
        else { return false }
        let texts = [
            "", "a", "ab  ba\n\n1234", "é日本 🎉\u{0}", "<s>a</s>", String(decoding: bytes.suffix(64), as: UTF8.self),
        ]
        for text in texts {
            for parsesSpecial in [false, true] {
                let tokens = tokenizer.encode(text, addSpecial: parsesSpecial, parseSpecial: parsesSpecial)
                require(
                    tokens.allSatisfy { $0 >= 0 && $0 < tokenizer.vocabularySize }, "a token outside of the vocabulary")
                _ = tokenizer.decode(tokens, renderSpecial: parsesSpecial)
            }
        }
        for token in 0..<min(tokenizer.vocabularySize, 64) { _ = tokenizer.piece(of: TokenID(token)) }
        return true
    }
}
