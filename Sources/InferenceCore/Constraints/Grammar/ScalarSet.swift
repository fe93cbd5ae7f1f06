/// A set of Unicode scalars as sorted ranges that neither overlap nor touch.
struct ScalarSet: Hashable, Sendable {
    private(set) var ranges: [ClosedRange<UInt32>]

    /// - Parameter ranges: in any order; surrogates among them are left out.
    init(_ ranges: [ClosedRange<UInt32>]) {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        self.ranges = merged.flatMap(Self.withoutSurrogates)
    }

    init(_ scalars: some Sequence<Unicode.Scalar>) {
        self.init(scalars.map { $0.value...$0.value })
    }

    static let all = ScalarSet([0...0x10FFFF])
    static let none = ScalarSet([ClosedRange<UInt32>]())

    private static func withoutSurrogates(_ range: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
        guard range.overlaps(0xD800...0xDFFF) else { return [range] }
        var parts: [ClosedRange<UInt32>] = []
        if range.lowerBound < 0xD800 { parts.append(range.lowerBound...0xD7FF) }
        if range.upperBound > 0xDFFF { parts.append(0xE000...range.upperBound) }
        return parts
    }

    var isEmpty: Bool { ranges.isEmpty }

    var inverted: ScalarSet {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if next < range.lowerBound { gaps.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
        return ScalarSet(gaps)
    }

    func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

    func subtracting(_ other: ScalarSet) -> ScalarSet { inverted.union(other).inverted }

    func intersection(_ other: ScalarSet) -> ScalarSet { subtracting(other.inverted) }

    func contains(_ scalar: Unicode.Scalar) -> Bool { ranges.contains { $0.contains(scalar.value) } }
}

/// Consecutive bytes, each in a range, as which some scalars are encoded.
struct ByteSequence: Equatable {
    /// One to four, first byte first.
    var bytes: [ClosedRange<UInt8>]
}

extension ScalarSet {
    /// The UTF-8 encodings of the set's scalars.
    var utf8Sequences: [ByteSequence] {
        var sequences: [ByteSequence] = []
        for range in ranges { Self.encode(range.lowerBound, range.upperBound, into: &sequences) }
        return sequences
    }

    /// Cuts a range where the length of encodings changes and where its last bytes don't run over all values.
    private static func encode(_ low: UInt32, _ high: UInt32, into sequences: inout [ByteSequence]) {
        for longest: UInt32 in [0x7F, 0x7FF, 0xFFFF] where low <= longest && longest < high {
            encode(low, longest, into: &sequences)
            return encode(longest + 1, high, into: &sequences)
        }
        for places: UInt32 in 1..<4 where high > 0x7F {
            let mask = (1 << (6 * places)) - 1 as UInt32
            guard low & ~mask != high & ~mask else { continue }
            if low & mask != 0 {
                encode(low, low | mask, into: &sequences)
                return encode((low | mask) + 1, high, into: &sequences)
            }
            if high & mask != mask {
                encode(low, (high & ~mask) - 1, into: &sequences)
                return encode(high & ~mask, high, into: &sequences)
            }
        }
        let (first, last) = (bytes(of: low), bytes(of: high))
        sequences.append(ByteSequence(bytes: zip(first, last).map { $0...$1 }))
    }

    private static func bytes(of value: UInt32) -> [UInt8] {
        Unicode.Scalar(value).map { Array(String($0).utf8) } ?? []
    }
}
