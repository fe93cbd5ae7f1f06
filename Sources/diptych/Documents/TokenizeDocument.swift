/// What `tokenize --json` writes.
struct TokenizeDocument: JSONDocument {
    var schema = 1
    var ids: [Int]
    /// The text of each token; bytes that aren't UTF-8 on their own show as U+FFFD.
    var pieces: [String]
    /// What `--repeat` measured.
    var timing: Timing?

    struct Timing: Codable, Sendable {
        /// Opening the tokenizer and encoding for the first time, which makes its tables.
        var firstMs: Double
        /// Each further time.
        var repeatedMs: [Double]
    }
}
