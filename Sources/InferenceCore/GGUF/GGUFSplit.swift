/// What a part of a split file says of itself.
///
/// All other keys of the model stand in its first part.
///
/// Source: llama.cpp, tools/gguf-split: `split.no` and `split.count` (uint16), `split.tensors.count` (int32).
struct GGUFSplit: Equatable {
    static let keys = ["split.no", "split.count", "split.tensors.count"]

    /// Counted from 0.
    let index: Int
    let count: Int
    /// Of all parts together.
    let tensorCount: Int

    /// Nil for a file that is whole.
    ///
    /// - Throws: ``GGUFError`` where the keys make no sense.
    init?(_ metadata: GGUFMetadata) throws(GGUFError) {
        guard let count = try metadata.integerIfPresent("split.count"), count != 0, count != 1 else { return nil }
        guard (2...MappedFile.limit).contains(count) else {
            throw Self.malformed(metadata, "split.count", "at most \(MappedFile.limit) parts", count)
        }
        let index = try metadata.integer("split.no")
        guard (0..<count).contains(index) else {
            throw Self.malformed(metadata, "split.no", "0 to \(count - 1)", index)
        }
        let tensorCount = try metadata.integer("split.tensors.count")
        guard tensorCount >= 0 else {
            throw Self.malformed(metadata, "split.tensors.count", "0 or more", tensorCount)
        }
        (self.index, self.count, self.tensorCount) = (index, count, tensorCount)
    }

    private static func malformed(
        _ metadata: GGUFMetadata, _ key: String, _ expected: String, _ found: Int
    ) -> GGUFError {
        GGUFError(.malformed, path: metadata.path, field: "key \(key)", expected: expected, found: "\(found)")
    }
}
