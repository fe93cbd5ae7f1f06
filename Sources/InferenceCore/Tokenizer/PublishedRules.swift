/// What a Hugging Face folder says of its tokenizer beyond what GGUF files can say.
struct PublishedRules: Sendable {
    /// How a token that was added to the vocabulary is found in text.
    struct AddedToken: Sendable {
        var id: TokenID
        /// Whitespace before or after it belongs to it.
        var stripsLeft = false
        var stripsRight = false
        /// Only where no word character is beside it.
        var isSingleWord = false
        /// In the normalized text instead of the text as it is.
        var isNormalized = false
    }

    var algorithm: Vocabulary.Algorithm
    /// What is done to a text before tokens that are found in normalized text, and after.
    var normalizer: [NormalizerStep] = []
    var preparation: [NormalizerStep] = []
    var addedTokens: [AddedToken] = []
    var template = SequenceTemplate(prefix: [], suffix: [])
    /// Further tokens that end a generation.
    var endOfGeneration: [TokenID] = []
}
