/// Turns a file's merges, written as names, into a table of ids.
struct MergeReader {
    private let tokens: TokenTable
    private let vocabularyCount: Int
    /// The strings that merges mention and the vocabulary lacks, numbered from its end on.
    private var strangers: [[UInt8]: TokenID] = [:]

    init(tokens: TokenTable, vocabularyCount: Int) {
        self.tokens = tokens
        self.vocabularyCount = vocabularyCount
    }

    mutating func table(_ merges: PackedStrings) -> MergeTable {
        var table = MergeTable(capacity: merges.count)
        var bytes: [UInt8] = []
        for rank in 0..<merges.count {
            bytes.removeAll(keepingCapacity: true)
            let middle = merges.withString(rank) { Self.decode($0, into: &bytes) }
            guard let middle, let order = UInt32(exactly: rank) else { continue }
            let left = enter(bytes[..<middle])
            let right = enter(bytes[middle...])
            table.insert(left, right, Merge(order: order, token: enter(bytes[...])))
        }
        return table
    }

    /// The id of a string of bytes that is a token or is mentioned by a merge.
    func token(_ bytes: [UInt8]) -> TokenID? {
        bytes.withUnsafeBytes { tokens.token($0) } ?? strangers[bytes]
    }

    private mutating func enter(_ bytes: ArraySlice<UInt8>) -> TokenID {
        if let token = bytes.withUnsafeBytes({ tokens.token($0) }) { return token }
        let bytes = Array(bytes)
        if let token = strangers[bytes] { return token }
        let token = TokenID(vocabularyCount + strangers.count)
        strangers[bytes] = token
        return token
    }

    /// Appends the bytes of both names; returns where the second begins, or nil if this is no pair of names. A name
    /// may itself begin with the space that otherwise parts the two.
    private static func decode(_ merge: UnsafeRawBufferPointer, into bytes: inout [UInt8]) -> Int? {
        guard let space = merge.dropFirst().firstIndex(of: UInt8(ascii: " ")) else { return nil }
        guard ByteAlphabet.decode(UnsafeRawBufferPointer(rebasing: merge[..<space]), into: &bytes) else { return nil }
        let middle = bytes.count
        let second = UnsafeRawBufferPointer(rebasing: merge[(space + 1)...])
        guard !second.isEmpty, ByteAlphabet.decode(second, into: &bytes) else { return nil }
        return middle
    }
}
