import Chat

/// Multinomial logistic regression: the probability of a label is proportional to the exponential of a weighted sum of the
/// features (Bishop, Pattern Recognition and Machine Learning, 2006, section 4.3.4).
public struct SoftmaxRegression: Sendable, Equatable, Codable {
    /// [labels][features]
    public var weights: [[Float]]
    /// [labels]
    public var biases: [Float]

    public init(weights: [[Float]], biases: [Float]) {
        self.weights = weights
        self.biases = biases
    }

    /// The probability of each label; sums to 1.
    /// - Parameter features: as many as each row of ``weights`` has.
    public func probabilities(_ features: [Float]) -> [Double] {
        ChoiceScores.normalized(
            zip(weights, biases).map { row, bias in
                var sum = Double(bias)
                for (weight, feature) in zip(row, features) { sum += Double(weight) * Double(feature) }
                return sum
            })
    }
}
