/// Names by which special tokens are known across model families.
///
/// Source: llama.cpp, `llama_vocab::impl::load`.
enum SpecialTokenNames {
    /// A part that one token plays: the one under `key`, else the first that has one of the names.
    struct Role: Sendable {
        var key: String
        var names: [String]
        var endsGeneration: Bool
    }

    static let roles = [
        Role(
            key: TokenizerKey.endOfTurn,
            names: [
                "<|eot_id|>", "<|im_end|>", "<|end|>", "<end_of_turn>", "<|endoftext|>", "<|end_of_text|>", "<EOT>",
                "_<EOT>", "[EOT]", "<｜end▁of▁sentence｜>", "<end_of_utterance>",
            ],
            endsGeneration: true),
        Role(key: TokenizerKey.endOfMessage, names: ["<|eom_id|>"], endsGeneration: true),
        Role(
            key: TokenizerKey.fillPrefix,
            names: [
                "<|fim_prefix|>", "<fim-prefix>", "<fim_prefix>", "<｜fim▁begin｜>", "<PRE>", "▁<PRE>",
                "<|code_prefix|>", "<|prefix|>",
            ],
            endsGeneration: false),
        Role(
            key: TokenizerKey.fillSuffix,
            names: [
                "<|fim_suffix|>", "<fim-suffix>", "<fim_suffix>", "<｜fim▁hole｜>", "<SUF>", "▁<SUF>",
                "<|code_suffix|>", "<|suffix|>",
            ],
            endsGeneration: false),
        Role(
            key: TokenizerKey.fillMiddle,
            names: [
                "<|fim_middle|>", "<fim-middle>", "<fim_middle>", "<｜fim▁end｜>", "<MID>", "▁<MID>",
                "<|code_middle|>", "<|middle|>",
            ],
            endsGeneration: false),
        Role(
            key: TokenizerKey.fillPadding,
            names: ["<|fim_pad|>", "<fim-pad>", "<fim_pad>", "<PAD>", "[PAD]"],
            endsGeneration: true),
        Role(
            key: TokenizerKey.fillRepository,
            names: ["<|fim_repo|>", "<|repo_name|>", "<fim-repo>", "<REPO>", "<reponame>"],
            endsGeneration: true),
        Role(key: TokenizerKey.fillSeparator, names: ["<|file_sep|>"], endsGeneration: true),
    ]

    /// Any of these ends a generation, whatever its type says.
    static let endOfGeneration = [
        "<|eot_id|>", "<|im_end|>", "<|end|>", "<|return|>", "<|call|>", "<|flush|>", "<|calls|>", "<end_of_turn>",
        "<|endoftext|>", "</s>", "<|eom_id|>", "<EOT>", "_<EOT>", "[EOT]", "[EOS]", "<|end_of_text|>",
        "<end_of_utterance>", "<eos>", "<turn|>", "<|tool_response>", "<｜end▁of▁sentence｜>", "[e~[",
    ]

    /// Harmony's structure, which belongs to the text.
    static let channels = ["<|channel|>", "<|message|>", "<|start|>", "<|constrain|>"]

    /// A token that doesn't end a generation after all, if all of one of the lists exist beside it.
    struct Exception: Sendable {
        var name: String
        var unless: [[String]]
        var attributes: TokenAttributes
    }

    static let exceptions = [
        Exception(
            name: "<|end|>",
            unless: [
                ["<|return|>", "<|call|>"], ["<|return|>", "<|calls|>"], ["<|call|>", "<|flush|>"],
                ["<|calls|>", "<|flush|>"],
            ],
            attributes: .userDefined),
        Exception(name: "</s>", unless: [["<|tool_response>"]], attributes: .normal),
    ]

    /// Those of all names above that the vocabulary has, with their tokens.
    static func tokens(in strings: PackedStrings) -> [String: TokenID] {
        let names = Set(
            roles.flatMap(\.names) + endOfGeneration + channels + exceptions.flatMap { $0.unless.joined() })
        // Bytes, as strings are equal when only canonically equivalent.
        let nameOfBytes = Dictionary(uniqueKeysWithValues: names.map { (Array($0.utf8)[...], $0) })
        let longest = nameOfBytes.keys.map(\.count).max() ?? 0
        var isLastByte = [Bool](repeating: false, count: 256)
        for byte in nameOfBytes.keys.compactMap(\.last) { isLastByte[Int(byte)] = true }
        var found: [String: TokenID] = [:]
        for token in 0..<strings.count {
            let range = strings.range(token)
            // Few tokens get past this, so that a quarter of a million of them take a millisecond.
            guard !range.isEmpty, range.count <= longest, isLastByte[Int(strings.bytes[range.upperBound - 1])],
                let name = nameOfBytes[strings.string(token)], found[name] == nil
            else { continue }
            found[name] = TokenID(token)
        }
        return found
    }
}
