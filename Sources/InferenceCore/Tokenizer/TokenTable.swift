/// Finds the token that a string of bytes is, by open addressing over the vocabulary's own bytes.
///
/// The hash is seeded anew for each table, so that no file can be made whose tokens all collide.
struct TokenTable: Sendable {
    /// A token, with as many bits of its hash above it as there is room for; or `vacant`.
    private var slots: [UInt32]
    private let mask: Int
    /// The bits of a slot that hold the token.
    private let tokenMask: UInt32
    private let seed: UInt64
    private let strings: PackedStrings
    /// No token is longer than this.
    private var longest = 0
    /// Whether several of the strings are equal.
    private(set) var hasEqualStrings = false

    private static let vacant = UInt32.max

    /// - Parameter includes: which of the strings can be found. The first of several equal strings is.
    init(_ strings: PackedStrings, includes: (Int) -> Bool) {
        let capacity = HashCapacity.slots(for: strings.count)
        mask = capacity - 1
        // Larger than any token, so that no entry is all ones.
        tokenMask = UInt32.max >> UInt32(UInt32(strings.count).leadingZeroBitCount)
        seed = UInt64.random(in: .min ... .max)
        self.strings = strings
        slots = [UInt32](repeating: Self.vacant, count: capacity)
        strings.bytes.withUnsafeBytes { bytes in
            for token in 0..<strings.count where includes(token) { insert(token, of: bytes) }
        }
    }

    @inline(__always)
    private mutating func insert(_ token: Int, of bytes: UnsafeRawBufferPointer) {
        let string = UnsafeRawBufferPointer(rebasing: bytes[strings.range(token)])
        guard !string.isEmpty else { return }
        longest = max(longest, string.count)
        let hash = ByteHash.hash(string, seed: seed)
        let slot = slot(of: string, hash: hash, in: bytes)
        if slots[slot] == Self.vacant {
            slots[slot] = tag(of: hash) | UInt32(token)
        } else {
            hasEqualStrings = true
        }
    }

    /// The token whose bytes are `string`, or nil.
    @inline(__always)
    func token(_ string: UnsafeRawBufferPointer) -> TokenID? {
        guard string.count <= longest else { return nil }
        let hash = ByteHash.hash(string, seed: seed)
        let entry = strings.bytes.withUnsafeBytes { slots[slot(of: string, hash: hash, in: $0)] }
        return entry == Self.vacant ? nil : TokenID(entry & tokenMask)
    }

    @inline(__always)
    private func tag(of hash: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: hash >> 32) & ~tokenMask
    }

    /// The slot that holds `string`, or the vacant one where it would be.
    @inline(__always)
    private func slot(of string: UnsafeRawBufferPointer, hash: UInt64, in bytes: UnsafeRawBufferPointer) -> Int {
        let tag = self.tag(of: hash)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != Self.vacant {
            let entry = slots[slot]
            if entry & ~tokenMask == tag {
                let range = strings.range(Int(entry & tokenMask))
                if range.count == string.count, ByteHash.equal(bytes[range], string) { return slot }
            }
            slot = (slot + 1) & mask
        }
        return slot
    }
}
