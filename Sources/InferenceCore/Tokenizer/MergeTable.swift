/// Which pairs of neighbours a byte-pair vocabulary merges, in which order, and into what: an open-addressing hash
/// table keyed by the pair's ids.
struct MergeTable: MergeRules, Sendable {
    private struct Slot {
        /// `left << 32 | right`, or `vacant`.
        var pair: UInt64
        var merge: Merge
    }

    private var slots: [Slot]
    private let mask: Int
    private let seed: UInt64

    private static let vacant = UInt64.max

    /// A table with room for `count` pairs.
    init(capacity count: Int) {
        let capacity = HashCapacity.slots(for: count)
        mask = capacity - 1
        seed = UInt64.random(in: .min ... .max)
        slots = [Slot](repeating: Slot(pair: Self.vacant, merge: .none), count: capacity)
    }

    @inline(__always)
    func merge(_ left: TokenID, _ right: TokenID, spanning bytes: UnsafeRawBufferPointer, cut: Int) -> Merge {
        left < 0 || right < 0 ? .none : slots[slot(of: Self.pair(left, right))].merge
    }

    /// Adds a pair, unless it is there already.
    mutating func insert(_ left: TokenID, _ right: TokenID, _ merge: Merge) {
        let pair = Self.pair(left, right)
        let slot = slot(of: pair)
        if slots[slot].pair == Self.vacant { slots[slot] = Slot(pair: pair, merge: merge) }
    }

    @inline(__always)
    private func slot(of pair: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: ByteHash.mix(pair ^ seed)) & mask
        while slots[slot].pair != pair, slots[slot].pair != Self.vacant { slot = (slot + 1) & mask }
        return slot
    }

    @inline(__always)
    private static func pair(_ left: TokenID, _ right: TokenID) -> UInt64 {
        UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
    }
}
