/// By how much one solver differs from another one on the same examples, with how sure one can be of it: the percentile
/// interval of a paired bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13), which draws
/// examples anew with what both made of them.
public struct PairedDifference: Sendable, Equatable, Codable {
    /// The mean of the differences.
    public let mean: Double
    /// The 95 % interval of the mean.
    public let low: Double
    public let high: Double

    /// - Parameters:
    ///   - differences: of each example, such as 1 where only the first was right and -1 where only the second was.
    ///   - resamples: how often examples are drawn anew; 1000 and more for an interval.
    ///   - seed: the same one gives the same interval.
    /// - Returns: nil without any difference.
    public init?(_ differences: [Double], resamples: Int = 2000, seed: UInt64 = 0) {
        guard !differences.isEmpty, resamples > 0 else { return nil }
        let count = Double(differences.count)
        mean = differences.reduce(0, +) / count
        var generator = SplitMix(seed: seed)
        var means = (0..<resamples).map { _ in
            var sum = 0.0
            for _ in differences.indices { sum += differences[Int.random(in: differences.indices, using: &generator)] }
            return sum / count
        }
        means.sort()
        // Nearest rank, as many resamples left out on either side.
        let outside = Int(0.025 * Double(resamples))
        low = means[outside]
        high = means[resamples - 1 - outside]
    }

    /// - Parameter pairs: of each example, whether the first and whether the second was right.
    public init?(_ pairs: [(first: Bool, second: Bool)], seed: UInt64 = 0) {
        self.init(pairs.map { ($0.first ? 1 : 0) - ($0.second ? 1 : 0) }, seed: seed)
    }
}
