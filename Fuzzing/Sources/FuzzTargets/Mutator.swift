/// Makes damaged inputs from sound ones, the same ones from the same seed on every machine.
public struct Mutator: Sendable {
    /// Numbers at which sizes, counts and offsets go wrong.
    private static let extremes: [UInt64] = [
        0, 1, 3, 0x7F, 0x80, 0xFF, 0xFFFF, 1 << 31, 1 << 32 - 1, 1 << 32, 1 << 61, 1 << 62, 1 << 63, .max - 31, .max,
    ]

    private var state: UInt64
    private let seeds: [[UInt8]]
    private let words: [[UInt8]]

    /// - Parameters:
    ///   - seeds: Sound inputs, at least one.
    ///   - words: Pieces that mean something to the loader.
    public init(seed: UInt64, seeds: [[UInt8]], words: [[UInt8]]) {
        state = seed
        self.seeds = seeds
        self.words = words
    }

    /// The next input: one of the seeds, changed in one to six places.
    public mutating func next() -> [UInt8] {
        var bytes = seeds[number(below: seeds.count)]
        for _ in 0...number(below: 6) { change(&bytes) }
        return bytes
    }

    /// SplitMix64 (Steele, Lea and Flood 2014).
    private mutating func random() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    private mutating func number(below limit: Int) -> Int {
        Int(random() % UInt64(max(limit, 1)))
    }

    private mutating func range(in bytes: [UInt8], longest: Int) -> Range<Int> {
        let start = number(below: bytes.count)
        return start..<min(start + 1 + number(below: longest), bytes.count)
    }

    private mutating func change(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else {
            bytes = words.isEmpty ? [0] : words[number(below: words.count)]
            return
        }
        let place = number(below: bytes.count)
        switch number(below: 10) {
        case 0: bytes[place] ^= 1 << UInt8(number(below: 8))
        case 1: bytes[place] = UInt8(truncatingIfNeeded: random())
        case 2: bytes.insert(UInt8(truncatingIfNeeded: random()), at: place)
        case 3: bytes.removeSubrange(range(in: bytes, longest: 16))
        case 4: bytes.removeLast(1 + number(below: bytes.count))
        case 5: overwrite(&bytes, at: place)
        case 6: bytes.insert(contentsOf: Array(bytes[range(in: bytes, longest: 64)]), at: place)
        case 7:
            let other = seeds[number(below: seeds.count)]
            guard !other.isEmpty else { return }
            bytes.insert(contentsOf: other[range(in: other, longest: 64)], at: place)
        default:
            guard !words.isEmpty else { return }
            bytes.insert(contentsOf: words[number(below: words.count)], at: place)
        }
    }

    /// Writes a number of 4 or 8 bytes, sometimes one that is near what stands there.
    private mutating func overwrite(_ bytes: inout [UInt8], at place: Int) {
        let width = number(below: 2) == 0 ? 4 : 8
        guard place + width <= bytes.count else { return }
        var value = Self.extremes[number(below: Self.extremes.count)]
        if number(below: 3) == 0 {
            let old = bytes[place..<place + width].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            value = old &+ random() % 9 &- 4
        }
        for index in 0..<width { bytes[place + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(index))) }
    }
}
