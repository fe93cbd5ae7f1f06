import Chat

/// What a regression learns from: vectors with the probability of each label.
struct TrainingSet {
    /// [rows][features]
    var vectors: [[Float]] = []
    /// [rows][labels]; each row sums to 1.
    var targets: [[Double]] = []

    var count: Int { vectors.count }

    mutating func add(_ vector: [Float], target: [Double]) {
        vectors.append(vector)
        targets.append(target)
    }

    static func + (one: TrainingSet, other: TrainingSet) -> TrainingSet {
        TrainingSet(vectors: one.vectors + other.vectors, targets: one.targets + other.targets)
    }

    /// The mean over the rows of -Σ target · log probability: how far a regression is from the targets, in nats.
    func crossEntropy(of regression: SoftmaxRegression) -> Double {
        var sum = 0.0
        for (vector, target) in zip(vectors, targets) {
            for (wanted, given) in zip(target, regression.probabilities(vector)) where wanted > 0 {
                sum -= wanted * max(given, .leastNormalMagnitude).naturalLogarithm
            }
        }
        return sum / Double(max(1, count))
    }
}
