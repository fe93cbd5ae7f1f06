/// How far a solver's confidence lies from how often it is right: the expected calibration error of Naeini, Cooper and
/// Hauskrecht (AAAI 2015), the mean distance between confidence and accuracy over bins of equal width.
public struct CalibrationError: Sendable, Equatable, Codable {
    /// Answers of about the same confidence.
    public struct Bin: Sendable, Equatable, Codable {
        public var count: Int
        public var meanConfidence: Double
        /// The share that was right.
        public var accuracy: Double
    }

    /// Those that hold answers, from the least sure on.
    public let bins: [Bin]
    /// From 0, where the confidence says how often the answers are right, to 1.
    public let value: Double

    /// - Parameter answers: of each, how sure the solver was, from 0 to 1, and whether it was right.
    /// - Returns: nil without any answer.
    public init?(_ answers: [(confidence: Double, isRight: Bool)], binCount: Int = 10) {
        guard !answers.isEmpty, binCount > 0 else { return nil }
        var members = Array(repeating: [(confidence: Double, isRight: Bool)](), count: binCount)
        for answer in answers {
            let bin = Int(min(1, max(0, answer.confidence)) * Double(binCount))
            members[min(binCount - 1, bin)].append(answer)
        }
        bins = members.filter { !$0.isEmpty }.map { members in
            Bin(
                count: members.count,
                meanConfidence: members.reduce(0) { $0 + $1.confidence } / Double(members.count),
                accuracy: Double(members.count { $0.isRight }) / Double(members.count))
        }
        value =
            bins.reduce(0) { $0 + Double($1.count) * abs($1.meanConfidence - $1.accuracy) } / Double(answers.count)
    }
}
