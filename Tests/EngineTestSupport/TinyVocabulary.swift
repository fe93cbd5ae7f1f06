/// Vocabularies of about 300 tokens that can write any text: byte pairs in the manner of GPT-2, and SentencePiece in
/// the manner of Gemma. Both are made from the same short list of merges.
public enum TinyVocabulary {
    /// `tokenizer.ggml.token_type`, as llama.cpp numbers them.
    public enum TokenType: Int32, Sendable {
        case normal = 1
        case unknown = 2
        case control = 3
        case userDefined = 4
        case unused = 5
        case byte = 6
    }

    /// Pairs in order of rank; `_` stands for a leading space.
    static let merges: [(left: String, right: String)] = [
        ("_", "t"), ("h", "e"), ("i", "n"), ("_", "a"), ("_t", "he"), ("r", "e"), ("o", "n"), ("e", "r"),
        ("_", "s"), ("o", "u"), ("_", "w"), ("a", "t"), ("e", "n"), ("n", "d"), ("o", "r"), ("_", "c"),
        ("_", "o"), ("i", "t"), ("i", "s"), ("l", "l"), ("e", "s"), ("_a", "nd"), ("in", "g"), ("_", "in"),
        ("_", "b"), ("a", "l"), ("_", "f"), ("_o", "f"), ("e", "d"), ("_t", "o"), ("_", "m"), ("_", "p"),
        ("_", "d"), ("_s", "t"), ("h", "at"), ("_t", "hat"), ("_", "h"), ("o", "o"), ("_", "_"), ("__", "__"),
        ("he", "ll"), ("hell", "o"), ("w", "or"), ("wor", "l"), ("worl", "d"), ("_w", "or"), ("_wor", "l"),
        ("_worl", "d"),
    ]

    /// The character that stands for each byte in byte-pair vocabularies: printable ones for themselves, the others
    /// from U+0100 on. Source: Radford et al. 2019, `bytes_to_unicode`.
    public static let byteCharacters: [String] = {
        var next: UInt32 = 0x100
        return (0...255).map { (byte: UInt32) in
            let isPrintable = (33...126).contains(byte) || (161...172).contains(byte) || (174...255).contains(byte)
            let scalar = isPrintable ? byte : next
            if !isPrintable { next += 1 }
            return Unicode.Scalar(scalar).map { String($0) } ?? ""
        }
    }()

    /// Byte-pair tokens: the control tokens `<|endoftext|>`, `<|im_start|>`, `<|im_end|>` first (SmolLM) or last
    /// (Qwen), the 256 bytes, one token a merge.
    static func bytePair(controlTokensFirst: Bool) -> (tokens: [String], types: [TokenType], merges: [String]) {
        let space = byteCharacters[32]
        func written(_ piece: String) -> String { piece.replacing("_", with: space) }
        let controls = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
        let pieces = byteCharacters + merges.map { written($0.left + $0.right) }
        let normal = [TokenType](repeating: .normal, count: pieces.count)
        let control = [TokenType](repeating: .control, count: controls.count)
        return (
            controlTokensFirst ? controls + pieces : pieces + controls,
            controlTokensFirst ? control + normal : normal + control,
            merges.map { "\(written($0.left)) \(written($0.right))" }
        )
    }

    /// SentencePiece tokens: control tokens, newlines as user-defined tokens, `<0xXX>` for every byte, pieces by rank,
    /// single characters.
    static func sentencePiece() -> (tokens: [String], scores: [Float], types: [TokenType]) {
        var entries: [(token: String, score: Float, type: TokenType)] = [
            "<pad>", "<eos>", "<bos>", "<unk>", "<start_of_turn>", "<end_of_turn>",
        ].map { ($0, -1000, .control) }
        entries += [("\n", -1000, .userDefined), ("\n\n", -1000, .userDefined)]
        entries += (0...255).map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return ("<0x\(digits.count == 1 ? "0" : "")\(digits)>", 0, .byte)
        }
        for (rank, merge) in merges.enumerated() {
            entries.append(((merge.left + merge.right).replacing("_", with: "▁"), Float(-rank), .normal))
        }
        for (index, character) in "▁etaoinshrdlucmfwypvbgkjqxz.,!?é".enumerated() {
            entries.append((String(character), Float(-1000 - index), .normal))
        }
        return (entries.map(\.token), entries.map(\.score), entries.map(\.type))
    }
}
