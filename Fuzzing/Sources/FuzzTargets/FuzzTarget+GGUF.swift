import InferenceCore

extension FuzzTarget {
    /// Opens a file, looks at it as `inspect` does, and reads every value and tensor.
    static let gguf = FuzzTarget(
        "gguf",
        words: [
            "GGUF", "general.architecture", "general.alignment", "tokenizer.ggml.tokens", "token_embd.weight",
            "split.no", "split.count", "split.tensors.count",
            "\u{3}\0\0\0", "\u{8}\0\0\0", "\u{9}\0\0\0", "\u{C}\0\0\0", "\0\0\0\0\0\0\0\0", " \0\0\0\0\0\0\0",
        ]
    ) { bytes in
        let mapping = MappedFile(copying: bytes, path: "fuzz.gguf")
        let summary = GGUFFile.inspect(mapping)
        do throws(GGUFError) {
            let file = try GGUFFile(mapping: mapping)
            require(summary.error == nil, "inspect found \(summary.error?.description ?? "") in a file that opens")
            read(file)
            return true
        } catch {
            require(summary.error == error, "inspect found something else than opening")
            require(!error.description.contains("\n"), "an error of more than one line")
            return false
        }
    }

    private static func read(_ file: GGUFFile) {
        for key in file.metadata.keys {
            guard let value = file.metadata[key] else { continue }
            require(!value.summary().contains("\n"), "a summary of more than one line")
            guard let array = value.array else { continue }
            _ = array.floats
            _ = array.integers
            _ = array.bools
            for string in array.strings.map(Array.init) ?? [] { _ = string.text }
            for nested in array.arrays { _ = nested.strings?.map(\.text) }
        }
        for tensor in file.tensors {
            let bytes = file.bytes(of: tensor)
            require(bytes.count == tensor.byteCount ?? 0, "a tensor that is cut short")
            _ = bytes.reduce(0 as UInt8, ^)
        }
    }
}
