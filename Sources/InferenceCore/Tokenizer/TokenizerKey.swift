/// The metadata keys that a tokenizer reads.
///
/// Source: the GGUF specification, "Tokenizer", and llama.cpp's further keys for fill-in-the-middle.
enum TokenizerKey {
    static let model = "tokenizer.ggml.model"
    static let pretokenizer = "tokenizer.ggml.pre"
    static let tokens = "tokenizer.ggml.tokens"
    static let tokenTypes = "tokenizer.ggml.token_type"
    static let scores = "tokenizer.ggml.scores"
    static let merges = "tokenizer.ggml.merges"
    static let addSpacePrefix = "tokenizer.ggml.add_space_prefix"
    static let addBeginningOfSequence = "tokenizer.ggml.add_bos_token"
    static let addEndOfSequence = "tokenizer.ggml.add_eos_token"
    static let beginningOfSequence = "tokenizer.ggml.bos_token_id"
    static let endOfSequence = "tokenizer.ggml.eos_token_id"
    static let endOfTurn = "tokenizer.ggml.eot_token_id"
    static let endOfMessage = "tokenizer.ggml.eom_token_id"
    static let unknown = "tokenizer.ggml.unknown_token_id"
    static let fillPrefix = "tokenizer.ggml.fim_pre_token_id"
    static let fillSuffix = "tokenizer.ggml.fim_suf_token_id"
    static let fillMiddle = "tokenizer.ggml.fim_mid_token_id"
    static let fillPadding = "tokenizer.ggml.fim_pad_token_id"
    static let fillRepository = "tokenizer.ggml.fim_rep_token_id"
    static let fillSeparator = "tokenizer.ggml.fim_sep_token_id"
    static let removeExtraWhitespaces = "tokenizer.ggml.remove_extra_whitespaces"
    static let characterMap = "tokenizer.ggml.precompiled_charsmap"
    static let lowercase = "tokenizer.ggml.normalizer.lowercase"
    static let stripAccents = "tokenizer.ggml.normalizer.strip_accents"
    static let classification = "tokenizer.ggml.cls_token_id"
    /// Spelled so in files.
    static let separator = "tokenizer.ggml.seperator_token_id"
    static let modelName = "general.name"

    /// The keys whose values are ids.
    static let ids = [
        beginningOfSequence, endOfSequence, endOfTurn, endOfMessage, unknown, fillPrefix, fillSuffix, fillMiddle,
        fillPadding, fillRepository, fillSeparator, classification, separator,
    ]
}
