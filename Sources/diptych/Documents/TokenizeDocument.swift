/// What `tokenize --json` writes.
struct TokenizeDocument: JSONDocument {
    var schema = 1
    var ids: [Int]
    /// The text of each token; bytes that aren't UTF-8 on their own show as U+FFFD.
    var pieces: [String]
}
