/// Numbers for terms in the order in which they come. Bytes lie in one array, so that millions of words cost no strings.
struct TermTable {
    private var bytes: [UInt8] = []
    /// Where each term ends.
    private var ends: [Int] = []
    /// Numbers by hash, -1 where there is none; its length is a power of two.
    private var slots = [Int32](repeating: -1, count: 1 << 12)

    var count: Int { ends.count }

    /// The bytes of term `number`.
    subscript(number: Int) -> ArraySlice<UInt8> { bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]] }

    /// The term's number; a new one if it wasn't here before.
    mutating func number(of term: UnsafeBufferPointer<UInt8>) -> Int {
        if ends.count * 2 >= slots.count { grow() }
        var slot = Int(truncatingIfNeeded: Self.hash(term)) & (slots.count - 1)
        while slots[slot] >= 0 {
            let number = Int(slots[slot])
            if isEqual(number, term) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(ends.count)
        bytes.append(contentsOf: term)
        ends.append(bytes.count)
        return ends.count - 1
    }

    private func isEqual(_ number: Int, _ term: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = number == 0 ? 0 : ends[number - 1]
        guard ends[number] - start == term.count else { return false }
        for index in 0..<term.count where bytes[start + index] != term[index] { return false }
        return true
    }

    private mutating func grow() {
        slots = [Int32](repeating: -1, count: slots.count * 4)
        for number in 0..<ends.count {
            let hash = self[number].withUnsafeBufferPointer { Self.hash($0) }
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(number)
        }
    }

    /// FNV-1a (Fowler, Noll and Vo), its high bits mixed in.
    private static func hash(_ term: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in term { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash ^ (hash >> 29)
    }
}
