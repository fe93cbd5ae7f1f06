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
        exercise(tokenizer, besides: String(decoding: bytes.suffix(64), as: UTF8.self))
        return true
    }
}
