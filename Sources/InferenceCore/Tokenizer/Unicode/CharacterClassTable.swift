/// The class of every Unicode scalar.
///
/// The first two planes, where nearly all text lives, are a flat array; a scalar beyond them is looked up among
/// the runs, O(log runs).
struct CharacterClassTable: Sendable {
    /// Shared, as it never changes: 128 KiB, filled when first used.
    static let standard = CharacterClassTable()

    private static let flatCount = 0x20000
    /// What a run's class says of letters whose case alternates.
    private static let alternating: UInt32 = 15

    private let flat: [UInt8]

    private init() {
        var flat = [UInt8](repeating: 0, count: Self.flatCount)
        for (index, run) in Self.runs.enumerated() {
            let start = Int(run >> 4)
            let next = index + 1 < Self.runs.count ? Int(Self.runs[index + 1] >> 4) : Self.flatCount
            for scalar in min(start, Self.flatCount)..<min(next, Self.flatCount) {
                flat[scalar] = Self.rawClass(of: UInt32(scalar), in: run)
            }
        }
        self.flat = flat
    }

    /// The class of a scalar value; of a number that is none (a surrogate, or past U+10FFFF): `unassigned`.
    subscript(scalar: UInt32) -> CharacterClass {
        let raw = scalar < UInt32(flat.count) ? flat[Int(scalar)] : Self.rawClassAmongRuns(of: scalar)
        return CharacterClass(rawValue: raw) ?? .unassigned
    }

    private static func rawClass(of scalar: UInt32, in run: UInt32) -> UInt8 {
        guard run & 0xF == alternating else { return UInt8(run & 0xF) }
        let isFirst = (scalar ^ (run >> 4)) & 1 == 0
        return (isFirst ? CharacterClass.uppercase : .lowercase).rawValue
    }

    private static func rawClassAmongRuns(of scalar: UInt32) -> UInt8 {
        guard scalar <= 0x10FFFF else { return CharacterClass.unassigned.rawValue }
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle] >> 4 <= scalar { low = middle + 1 } else { high = middle }
        }
        return rawClass(of: scalar, in: runs[low - 1])
    }
}
