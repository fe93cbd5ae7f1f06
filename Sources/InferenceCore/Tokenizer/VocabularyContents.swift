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
    /// Folders' scores have more digits than a float.
    var scores: [Double]?
    var merges: MergeList?
    var addSpacePrefix: Bool?
    var removeExtraWhitespaces: Bool?
    var characterMap: [UInt8]?
    var lowercases: Bool?
    var stripsAccents: Bool?
    var addBeginningOfSequence: Bool?
    var addEndOfSequence: Bool?
    /// The values of `TokenizerKey.ids` that are present.
    var ids: [String: Int] = [:]
    /// Where the vocabulary is a folder's, the rules that come with it.
    var published: PublishedRules?

    func error(_ key: String, _ reason: TokenizerError.Reason) -> TokenizerError {
        TokenizerError(file: file, key: key, reason: reason)
    }
}
