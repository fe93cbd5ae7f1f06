/// What a file says of its tokenizer, as written there and unchecked.
struct VocabularyContents: Sendable {
    /// The file's name, for errors.
    var file = ""
    /// `general.name`
    var modelName = ""
    var model: String?
    var pretokenizer: String?
    var tokens = PackedStrings()
    var tokenTypes: [Int]?
    var scores: [Float]?
    var merges: MergeList?
    var addSpacePrefix: Bool?
    var addBeginningOfSequence: Bool?
    var addEndOfSequence: Bool?
    /// The values of `TokenizerKey.ids` that are present.
    var ids: [String: Int] = [:]

    func error(_ key: String, _ reason: TokenizerError.Reason) -> TokenizerError {
        TokenizerError(file: file, key: key, reason: reason)
    }
}
