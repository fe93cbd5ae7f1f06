/// Finds the token that a string of bytes is, by open addressing over the vocabulary's own bytes.
///
/// The hash is seeded anew for each table, so that no file can be made whose tokens all collide.
struct TokenTable: Sendable {
    /// `hash << 32 | token`, or `vacant`.
    private var slots: [UInt64]
    private let mask: Int
    private let seed: UInt64
    private let strings: PackedStrings
    /// No token is longer than this.
    private var longest = 0

    private static let vacant = UInt64.max

    /// - Parameter includes: which of the strings can be found. The first of several equal strings is.
    init(_ strings: PackedStrings, includes: (Int) -> Bool) {
        let capacity = HashCapacity.slots(for: strings.count)
        mask = capacity - 1
        seed = UInt64.random(in: .min ... .max)
        self.strings = strings
        slots = [UInt64](repeating: Self.vacant, count: capacity)
        for token in 0..<strings.count where includes(token) { insert(token) }
    }

    private mutating func insert(_ token: Int) {
        let range = strings.range(token)
        guard !range.isEmpty else { return }
        longest = max(longest, range.count)
        let (slot, hash) = strings.bytes.withUnsafeBytes { bytes in
            let string = UnsafeRawBufferPointer(rebasing: bytes[range])
            let hash = ByteHash.hash(string, seed: seed)
            return (self.slot(of: string, hash: hash, in: bytes), hash)
        }
        if slots[slot] == Self.vacant { slots[slot] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(token) }
    }

    /// The token whose bytes are `string`, or nil.
    func token(_ string: UnsafeRawBufferPointer) -> TokenID? {
        guard string.count <= longest else { return nil }
        let hash = ByteHash.hash(string, seed: seed)
        let entry = strings.bytes.withUnsafeBytes { slots[slot(of: string, hash: hash, in: $0)] }
        return entry == Self.vacant ? nil : TokenID(truncatingIfNeeded: entry)
    }

    /// The slot that holds `string`, or the vacant one where it would be.
    @inline(__always)
    private func slot(of string: UnsafeRawBufferPointer, hash: UInt64, in bytes: UnsafeRawBufferPointer) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != Self.vacant {
            let entry = slots[slot]
            if entry >> 32 == hash >> 32 {
                let range = strings.range(Int(truncatingIfNeeded: entry & 0xFFFF_FFFF))
                if range.count == string.count, ByteHash.equal(bytes[range], string) { return slot }
            }
            slot = (slot + 1) & mask
        }
        return slot
    }
}
