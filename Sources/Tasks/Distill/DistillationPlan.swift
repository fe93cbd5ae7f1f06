import Chat
import Evaluation

/// How a student is made and judged.
public struct DistillationPlan: Sendable, Equatable, Codable {
    /// At least two different ones.
    public var labels: [String]
    /// Of all texts, those that are held out to judge the student with.
    public var testShare: Double
    /// Of all texts, those that choose the penalty.
    public var validationShare: Double
    /// Labels of which the teacher is less sure aren't learned; 0 learns all.
    public var minimumConfidence: Double
    /// The teacher's probabilities are raised to 1 / temperature before they are learned: above 1, the unlikely labels
    /// say more (Hinton et al. 2015, equation 1, for the logits that are the logarithms of the probabilities).
    public var temperature: Double
    /// Decides which text comes into which part.
    public var seed: UInt64

    /// - Throws: ``TaskError`` for values out of range.
    public init(
        labels: [String], testShare: Double = 0.25, validationShare: Double = 0.15, minimumConfidence: Double = 0,
        temperature: Double = 1, seed: UInt64 = 0
    ) throws(TaskError) {
        guard Set(labels).count == labels.count, labels.count >= 2 else {
            throw TaskError("expected two different labels or more, found \(labels.joined(separator: ", "))")
        }
        guard testShare > 0, validationShare > 0, testShare + validationShare < 1 else {
            throw TaskError(
                "expected shares above 0 that leave texts to learn from, found \(testShare) held out and "
                    + "\(validationShare) to choose with")
        }
        guard temperature > 0, temperature.isFinite, (0..<1).contains(minimumConfidence) else {
            throw TaskError(
                "expected a temperature above 0 and a confidence from 0 to below 1, found \(temperature) and "
                    + "\(minimumConfidence)")
        }
        self.labels = labels
        self.testShare = testShare
        self.validationShare = validationShare
        self.minimumConfidence = minimumConfidence
        self.temperature = temperature
        self.seed = seed
    }

    /// What the student learns of a text.
    enum Lesson: Equatable {
        /// The probability of each label.
        case target([Double])
        /// The teacher gave none of the labels.
        case unlabelled
        /// The teacher was less sure than asked for.
        case unsure
    }

    /// - Parameter solution: the teacher's; nil where it had none. Without probabilities, its answer has all of it.
    func lesson(of solution: Solution?) -> Lesson {
        guard let solution, let answer = labels.firstIndex(of: solution.answer) else { return .unlabelled }
        guard let probabilities = solution.probabilities, probabilities.count == labels.count else {
            return .target(labels.indices.map { $0 == answer ? 1 : 0 })
        }
        guard (probabilities.max() ?? 0) >= minimumConfidence else { return .unsure }
        return .target(softened(probabilities))
    }

    private func softened(_ probabilities: [Double]) -> [Double] {
        guard temperature != 1 else { return probabilities }
        let shares = probabilities.map { $0 > 0 ? ($0.naturalLogarithm / temperature).asProbability : 0 }
        let sum = shares.reduce(0, +)
        return shares.map { $0 / sum }
    }
}
