/// The middle of repeated measurements, and how far they lie apart.
public struct Spread: Sendable, Equatable {
    public let median: Double
    public let smallest: Double
    public let largest: Double
    public let count: Int

    /// Nil where nothing was measured.
    public init?(_ values: [Double]) {
        let sorted = values.filter(\.isFinite).sorted()
        guard let first = sorted.first, let last = sorted.last else { return nil }
        let middle = sorted.count / 2
        median = sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
        smallest = first
        largest = last
        count = sorted.count
    }
}
