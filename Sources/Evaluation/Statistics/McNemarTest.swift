import Chat

/// Whether two solvers of the same examples differ in how often they are right: the exact form of the test of McNemar
/// (Psychometrika 12, 1947), in which only the examples count where just one of the two is right.
public struct McNemarTest: Sendable, Equatable, Codable {
    /// Examples where only the first was right, and those where only the second was.
    public let onlyFirst: Int
    public let onlySecond: Int
    /// How likely a difference of this size or a larger one is, to either side, if both are equally good. From 0 to 1.
    public let pValue: Double

    public init(onlyFirst: Int, onlySecond: Int) {
        self.onlyFirst = onlyFirst
        self.onlySecond = onlySecond
        pValue = min(1, 2 * Self.fairCoinTail(min(onlyFirst, onlySecond), of: onlyFirst + onlySecond))
    }

    /// - Parameter pairs: of each example, whether the first and whether the second was right.
    public init(_ pairs: [(first: Bool, second: Bool)]) {
        self.init(
            onlyFirst: pairs.count { $0.first && !$0.second }, onlySecond: pairs.count { $0.second && !$0.first })
    }

    /// The probability of at most so many heads when a fair coin is thrown `throwCount` times.
    private static func fairCoinTail(_ heads: Int, of throwCount: Int) -> Double {
        // Of logarithms, since both the counts of ways and the probability of one leave the range of numbers.
        var ways = 0.0
        let each = -Double(throwCount) * 2.0.naturalLogarithm
        var sum = each.asProbability
        for count in stride(from: 1, through: heads, by: 1) {
            ways += (Double(throwCount - count + 1) / Double(count)).naturalLogarithm
            sum += (ways + each).asProbability
        }
        return sum
    }
}
