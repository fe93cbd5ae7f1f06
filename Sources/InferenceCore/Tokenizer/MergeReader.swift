/// Turns a file's merges, written as names, into a table of ids.
struct MergeReader {
    private let tokens: TokenTable
    private let alphabet = ByteAlphabet()
    private let vocabularyCount: Int
    /// The strings that merges mention and the vocabulary lacks, numbered from its end on.
    private var strangers: [[UInt8]: TokenID] = [:]

    init(tokens: TokenTable, vocabularyCount: Int) {
        self.tokens = tokens
        self.vocabularyCount = vocabularyCount
    }

    mutating func table(_ merges: PackedStrings) -> MergeTable {
        var table = MergeTable(capacity: merges.count)
        let longest = (0..<merges.count).reduce(0) { max($0, merges.range($1).count) }
        let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: longest, alignment: 8)
        defer { scratch.deallocate() }
        merges.bytes.withUnsafeBytes { names in
            for rank in 0..<merges.count {
                let name = UnsafeRawBufferPointer(rebasing: names[merges.range(rank)])
                guard let (middle, end) = decode(name, into: scratch), let order = UInt32(exactly: rank) else {
                    continue
                }
                let left = enter(scratch[..<middle])
                let right = enter(scratch[middle..<end])
                table.insert(left, right, Merge(order: order, token: enter(scratch[..<end])))
            }
        }
        return table
    }

    /// The id of a string of bytes that is a token or is mentioned by a merge.
    func token(_ bytes: [UInt8]) -> TokenID? {
        bytes.withUnsafeBytes { tokens.token($0) } ?? strangers[bytes]
    }

    private mutating func enter(_ bytes: Slice<UnsafeMutableRawBufferPointer>) -> TokenID {
        if let token = tokens.token(UnsafeRawBufferPointer(rebasing: bytes)) { return token }
        let bytes = Array(bytes)
        if let token = strangers[bytes] { return token }
        let token = TokenID(vocabularyCount + strangers.count)
        strangers[bytes] = token
        return token
    }

    /// Writes the bytes of both names; returns where the second begins and ends, or nil if this is no pair of names.
    /// The first byte of a merge belongs to a name even if it is a space.
    private func decode(
        _ merge: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) -> (middle: Int, end: Int)? {
        guard let space = merge.dropFirst().firstIndex(of: UInt8(ascii: " ")), space + 1 < merge.count,
            let first = alphabet.decode(UnsafeRawBufferPointer(rebasing: merge[..<space]), into: output),
            let second = alphabet.decode(
                UnsafeRawBufferPointer(rebasing: merge[(space + 1)...]),
                into: UnsafeMutableRawBufferPointer(rebasing: output[first...]))
        else { return nil }
        return (first, first + second)
    }
}
