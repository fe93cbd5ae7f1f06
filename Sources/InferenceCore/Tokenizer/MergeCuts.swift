/// Merges that are known by the token they make: two neighbours merge if their bytes together are a token that is cut
/// between them.
struct MergeCuts: MergeRules {
    let tokens: TokenTable
    let first: TokenID
    let cuts: [UInt8]

    @inline(__always)
    func merge(_ left: TokenID, _ right: TokenID, spanning bytes: UnsafeRawBufferPointer, cut: Int) -> Merge {
        guard let token = tokens.token(bytes) else { return .none }
        let order = Int(token) - Int(first)
        guard cuts.indices.contains(order), Int(cuts[order]) == cut else { return .none }
        return Merge(order: UInt32(order), token: token)
    }
}
