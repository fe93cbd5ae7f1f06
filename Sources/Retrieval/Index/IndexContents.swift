/// All that an index holds, before it is written.
struct IndexContents: Sendable {
    struct File: Sendable, Equatable {
        /// From the folder.
        var path: String
        var bytes: Int
        /// Nanoseconds since 1970; 0 where the time can't be trusted to tell of the next change.
        var modified: Int
        var digest: Digest
        var kind: FileKind
        var passages: [Passage]
    }

    struct Passage: Sendable, Equatable {
        var chunk: Chunk
        /// Of what was embedded.
        var digest: Digest
    }

    var description: IndexDescription
    /// In the order of their paths' bytes.
    var files: [File]
    /// [passages][rowBytes]
    var rows: [UInt8]
}
