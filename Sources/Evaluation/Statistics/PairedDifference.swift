/// By how much one solver differs from another one on the same examples, with how sure one can be of it.
public struct PairedDifference: Sendable, Equatable, Codable {
    /// The mean of the differences.
    public let mean: Double
    /// The 95 % interval of the mean.
    public let low: Double
    public let high: Double

    /// With the percentile interval of a bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter
    /// 13), which draws examples anew with what both made of them.
    /// - Parameters:
    ///   - differences: of each example.
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

    /// With the interval of Agresti and Min (Biometrical Journal 47, 2005) for a difference of paired shares, which adds
    /// half a pair of each kind: it is honest where pairs that differ are few or none, which a bootstrap isn't.
    /// - Parameter pairs: of each example, whether the first and whether the second was right.
    /// - Returns: nil without any pair.
    public init?(_ pairs: [(first: Bool, second: Bool)]) {
        guard !pairs.isEmpty else { return nil }
        let onlyFirst = Double(pairs.count { $0.first && !$0.second })
        let onlySecond = Double(pairs.count { $0.second && !$0.first })
        mean = (onlyFirst - onlySecond) / Double(pairs.count)
        let count = Double(pairs.count) + 2
        let center = (onlyFirst - onlySecond) / count
        let error = (onlyFirst + onlySecond + 1 - center * center * count).squareRoot() / count
        low = max(-1, center - 1.959963984540054 * error)
        high = min(1, center + 1.959963984540054 * error)
    }
}
