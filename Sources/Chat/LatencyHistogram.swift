/// How often gaps of which length came: bins of half a median up to four medians, and one for stalls.
public struct LatencyHistogram: Sendable, Equatable {
    public struct Bin: Sendable, Equatable {
        public var from: Duration
        /// Nil for the last bin, which has no end.
        public var to: Duration?
        public var count: Int
    }

    /// Empty where there are no gaps.
    public let bins: [Bin]

    public init(_ gaps: [Duration]) {
        guard let median = LatencyDistribution(of: gaps)?.p50, median > .zero else {
            bins = []
            return
        }
        let perMedian = 2
        let last = LatencyDistribution.stallFactor * perMedian
        var counts = Array(repeating: 0, count: last + 1)
        for gap in gaps { counts[min(last, Int(gap / median * Double(perMedian)))] += 1 }
        bins = counts.enumerated().map { index, count in
            let from = median * index / perMedian
            return Bin(from: from, to: index < last ? median * (index + 1) / perMedian : nil, count: count)
        }
    }
}
