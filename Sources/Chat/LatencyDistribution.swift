/// Percentiles of a list of gaps, by the nearest-rank method: the p-th percentile of n gaps is the one at rank
/// ⌈p/100 · n⌉ of the sorted list, so that each figure is a gap that really happened.
public struct LatencyDistribution: Sendable, Equatable {
    /// A gap longer than this many medians is a stall.
    public static let stallFactor = 4

    public let p50: Duration
    public let p95: Duration
    public let p99: Duration
    /// How many gaps were stalls.
    public let stalls: Int

    /// Nil for an empty list.
    public init?(of gaps: [Duration]) {
        guard !gaps.isEmpty else { return nil }
        let sorted = gaps.sorted()
        func percentile(_ percent: Int) -> Duration {
            // ⌈percent · n / 100⌉, from rank 1 to index 0.
            sorted[max(0, (percent * sorted.count + 99) / 100 - 1)]
        }
        p50 = percentile(50)
        p95 = percentile(95)
        p99 = percentile(99)
        let limit = p50 * Self.stallFactor
        stalls = sorted.reversed().prefix { $0 > limit }.count
    }

    /// Whether a gap is longer than four medians.
    public func isStall(_ gap: Duration) -> Bool { gap > p50 * Self.stallFactor }
}
