/// The class of every Unicode scalar.
///
/// The first two planes, where nearly all text lives, are a flat array; a scalar beyond them is looked up among
/// the runs, O(log runs).
struct CharacterClassTable: Sendable {
    /// Shared, as it never changes: 128 KiB, filled when first used.
    static let standard = CharacterClassTable()

    private static let flatCount = 0x20000

    private let flat: [UInt8]

    private init() {
        var flat = [UInt8](repeating: 0, count: Self.flatCount)
        for (index, run) in Self.runs.enumerated() {
            let start = Int(run >> 4)
            let next = index + 1 < Self.runs.count ? Int(Self.runs[index + 1] >> 4) : Self.flatCount
            for scalar in min(start, Self.flatCount)..<min(next, Self.flatCount) {
                flat[scalar] = UInt8(run & 0xF)
            }
        }
        self.flat = flat
    }

    /// The class of a scalar value; of a number that is none (a surrogate, or past U+10FFFF): `other`.
    subscript(scalar: UInt32) -> CharacterClass {
        let raw = scalar < UInt32(flat.count) ? flat[Int(scalar)] : Self.rawClassAmongRuns(of: scalar)
        return CharacterClass(rawValue: raw) ?? .other
    }

    private static func rawClassAmongRuns(of scalar: UInt32) -> UInt8 {
        guard scalar <= 0x10FFFF else { return CharacterClass.other.rawValue }
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle] >> 4 <= scalar { low = middle + 1 } else { high = middle }
        }
        return UInt8(runs[low - 1] & 0xF)
    }
}
