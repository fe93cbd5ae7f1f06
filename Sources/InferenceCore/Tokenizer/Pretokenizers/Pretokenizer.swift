/// Cuts text into the words that byte-pair merges never cross.
///
/// The published definitions are regular expressions; each is written out here as a scanner that visits every
/// character a fixed number of times, so time is linear in the text whatever it holds. Where llama.cpp's expression
/// and that of the family's own `tokenizer.json` differ, the latter is meant.
protocol Pretokenizer: Sendable {
    /// The values of `tokenizer.ggml.pre` that mean this pretokenizer.
    var names: [String] { get }

    /// The `pre_tokenizer`s of `tokenizer.json` that mean it.
    var recipes: [[PretokenizerStep]] { get }

    /// Whether files of this family begin a sequence with a token of its own unless they say otherwise.
    var addsBeginningOfSequence: Bool { get }

    /// Whether a word that is a token as it stands is taken whole, whatever the merges would make of it.
    var ignoresMerges: Bool { get }

    /// Calls `body` with each word of `range`, in order: the words are not empty and cover the range.
    func forEachWord(in range: Range<Int>, of text: TextScanner, _ body: (Range<Int>) -> Void)
}

extension Pretokenizer {
    var recipes: [[PretokenizerStep]] { [] }
    var addsBeginningOfSequence: Bool { false }
    var ignoresMerges: Bool { false }
}

/// The pretokenizers there are: one file and one line each.
enum Pretokenizers {
    static let all: [any Pretokenizer] = [
        DefaultPretokenizer(),
        GPT2Pretokenizer(),
        LlamaPretokenizer.llama,
        LlamaPretokenizer.relatives,
        MiniCPMPretokenizer(),
        JaisPretokenizer(),
        Qwen2Pretokenizer(),
        Qwen35Pretokenizer(),
        SeedCoderPretokenizer(),
        UfakzekaPretokenizer(),
        LagunaPretokenizer(),
        SmolLMPretokenizer(),
        FalconPretokenizer(),
        BloomPretokenizer(),
        VikingPretokenizer(),
        DeepSeekLLMPretokenizer(),
        DeepSeekCoderPretokenizer(),
        DeepSeekV3Pretokenizer(),
        TekkenPretokenizer(),
        GPT4oPretokenizer.openAI,
        GPT4oPretokenizer.granite,
        TinyAyaPretokenizer(),
        SuperBPEPretokenizer(),
    ]

    static func named(_ name: String) -> (any Pretokenizer)? {
        all.first { $0.names.contains(name) }
    }
}
