/// What two neighbours merge into, and when: of all possible merges, the lowest order goes first, and of equal
/// ones the leftmost.
struct Merge: Sendable, Equatable {
    private let bits: UInt64

    /// Neighbours that don't merge: ordered after every merge.
    static let none = Merge(bits: .max)

    private init(bits: UInt64) { self.bits = bits }

    init(order: UInt32, token: TokenID) {
        bits = UInt64(order) << 32 | UInt64(UInt32(bitPattern: token))
    }

    var order: UInt32 { UInt32(truncatingIfNeeded: bits >> 32) }
    var token: TokenID { TokenID(truncatingIfNeeded: bits) }
    var exists: Bool { bits != .max }
}
