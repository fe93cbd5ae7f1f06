/// Turns a file's merges into a table of ids.
struct MergeReader {
    private let strings: PackedStrings
    private let attributes: [TokenAttributes]
    private let tokens: TokenTable
    private let alphabet = ByteAlphabet()
    private let vocabularyCount: Int
    /// What `tokens` lacks: the strings that special tokens' names would stand for if they were written in the
    /// alphabet, and those that merges mention but no token has, numbered from the vocabulary's end on.
    private var others: [[UInt8]: TokenID] = [:]

    init(_ vocabulary: Vocabulary, tokens: TokenTable) {
        strings = vocabulary.strings
        attributes = vocabulary.attributes
        self.tokens = tokens
        vocabularyCount = vocabulary.count
        for token in 0..<vocabulary.count where vocabulary.attributes[token].contains(.verbatim) {
            vocabulary.strings.withString(token) { name in
                let bytes = [UInt8](unsafeUninitializedCapacity: name.count) { buffer, count in
                    count = alphabet.decode(name, into: UnsafeMutableRawBufferPointer(buffer)) ?? 0
                }
                if !bytes.isEmpty, others[bytes] == nil { others[bytes] = TokenID(token) }
            }
        }
    }

    mutating func table(_ merges: MergeList) -> MergeTable {
        switch merges {
        case .cuts(let cuts, let first): table(cuts, first)
        case .names(let names): table(names)
        }
    }

    private mutating func table(_ cuts: [UInt8], _ first: TokenID) -> MergeTable {
        var table = MergeTable(capacity: cuts.count)
        for (rank, cut) in cuts.enumerated() where !attributes[Int(first) + rank].contains(.verbatim) {
            strings.withString(Int(first) + rank) { string in
                let middle = Int(cut)
                let left = enter(UnsafeRawBufferPointer(rebasing: string[..<middle]))
                let right = enter(UnsafeRawBufferPointer(rebasing: string[middle...]))
                table.insert(left, right, Merge(order: UInt32(rank), token: enter(string)))
            }
        }
        return table
    }

    private mutating func table(_ merges: PackedStrings) -> MergeTable {
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
                let bytes = UnsafeRawBufferPointer(rebasing: scratch[..<end])
                let left = enter(UnsafeRawBufferPointer(rebasing: bytes[..<middle]))
                let right = enter(UnsafeRawBufferPointer(rebasing: bytes[middle...]))
                table.insert(left, right, Merge(order: order, token: enter(bytes)))
            }
        }
        return table
    }

    /// The id of a string of bytes that is a token or is mentioned by a merge.
    func token(_ bytes: [UInt8]) -> TokenID? {
        bytes.withUnsafeBytes { tokens.token($0) } ?? others[bytes]
    }

    private mutating func enter(_ bytes: UnsafeRawBufferPointer) -> TokenID {
        if let token = tokens.token(bytes) { return token }
        let bytes = Array(bytes)
        if let token = others[bytes] { return token }
        let token = TokenID(vocabularyCount + others.count)
        others[bytes] = token
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
