/// The pairs that a byte-pair vocabulary merges, in order.
///
/// In most files the merges make a run of the vocabulary's tokens, one after another, and all that a merge says of its
/// token is where it is cut: a byte instead of two names, and no table of pairs needs to be built. Files of which that
/// isn't true keep the names.
enum MergeList: Sendable {
    /// Merge i puts token `first` + i together from its first `cuts[i]` bytes and the rest of them; if the token's name
    /// stands for no bytes, neither do the merge's.
    case cuts([UInt8], first: TokenID)
    /// Each merge is two names with a space between; others are passed over.
    case names(PackedStrings)

    /// - Parameters:
    ///   - count: how many merges there are.
    ///   - tokens: the names of the vocabulary's tokens.
    ///   - types: their types, if the file has them.
    ///   - name: a merge as the file has it.
    init(count: Int, tokens: PackedStrings, types: [Int]?, name: (Int) -> UnsafeRawBufferPointer) {
        if let (cuts, first) = Self.cuts(count, tokens, types, name) {
            self = .cuts(cuts, first: first)
            return
        }
        var names = PackedStrings(reservingCount: count)
        for index in 0..<count { names.append(name(index)) }
        self = .names(names)
    }

    private static func cuts(
        _ count: Int, _ tokens: PackedStrings, _ types: [Int]?, _ name: (Int) -> UnsafeRawBufferPointer
    ) -> (cuts: [UInt8], first: TokenID)? {
        guard count > 0, count <= tokens.count, types.map({ $0.count >= tokens.count }) ?? true else { return nil }
        return tokens.bytes.withUnsafeBytes { bytes in
            func cut(_ merge: Int, making token: Int) -> UInt8? {
                // Only tokens of the normal type stand for bytes.
                guard types.map({ $0[token] == 1 }) ?? true else { return nil }
                return Self.cut(
                    of: name(merge), making: UnsafeRawBufferPointer(rebasing: bytes[tokens.range(token)]))
            }
            guard let first = (0...tokens.count - count).first(where: { cut(0, making: $0) != nil }) else {
                return nil
            }
            var cuts: [UInt8] = []
            cuts.reserveCapacity(count)
            for merge in 0..<count {
                guard let cut = cut(merge, making: first + merge) else { return nil }
                cuts.append(cut)
            }
            return (cuts, TokenID(first))
        }
    }

    /// How many characters, each of which stands for a byte, the first of the merge's two names has; nil if the names
    /// don't make up the token, or are longer than a byte can say.
    private static func cut(of merge: UnsafeRawBufferPointer, making token: UnsafeRawBufferPointer) -> UInt8? {
        guard merge.count == token.count + 1 else { return nil }
        var space = 1
        while space < token.count, merge[space] != UInt8(ascii: " ") { space += 1 }
        guard space < token.count, !UTF8Sequence.isContinuation(token[space]),
            ByteHash.equal(merge[..<space], UnsafeRawBufferPointer(rebasing: token[..<space])),
            ByteHash.equal(merge[(space + 1)...], UnsafeRawBufferPointer(rebasing: token[space...]))
        else { return nil }
        var characters = 0
        for index in 0..<space where !UTF8Sequence.isContinuation(token[index]) { characters += 1 }
        return UInt8(exactly: characters)
    }
}
