/// Divides examples at random into parts that don't overlap, with the same share of each expected answer in all of them
/// (stratified). The same seed gives the same parts, on every machine.
public enum ExampleSplit {
    /// - Parameters:
    ///   - shares: of all examples, for each part but the last one, which gets the rest; their sum is at most 1.
    /// - Returns: the parts, each in the order of `examples`.
    public static func split(_ examples: [Example], shares: [Double], seed: UInt64) -> [[Example]] {
        var strata: [String: [Int]] = [:]
        var names: [String] = []
        for (index, example) in examples.enumerated() {
            let stratum = example.expected ?? ""
            if strata[stratum] == nil { names.append(stratum) }
            strata[stratum, default: []].append(index)
        }
        var generator = SplitMix(seed: seed)
        // Each stratum is spread evenly over the same line, from 0 to 1: wherever that is cut, the shares on both sides are
        // alike, and strata of one example are left to chance.
        var line: [(place: Double, index: Int)] = []
        for name in names {
            var members = strata[name] ?? []
            members.shuffle(using: &generator)
            for (rank, index) in members.enumerated() {
                let place = (Double(rank) + Double.random(in: 0..<1, using: &generator)) / Double(members.count)
                line.append((place, index))
            }
        }
        line.sort { ($0.place, $0.index) < ($1.place, $1.index) }
        var parts: [[Int]] = []
        var start = 0
        var sum = 0.0
        for share in shares {
            sum += share
            // Rounded on the sum, so that errors don't add up.
            let end = max(start, min(line.count, Int((sum * Double(line.count)).rounded())))
            parts.append(line[start..<end].map(\.index))
            start = end
        }
        parts.append(line[start...].map(\.index))
        return parts.map { part in part.sorted().map { examples[$0] } }
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): small, fast, and the same everywhere.
public struct SplitMix: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
