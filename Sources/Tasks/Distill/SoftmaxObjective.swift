import Chat

/// The function that fitting minimizes, over rows of standardized features in the order that the arithmetic wants.
struct SoftmaxObjective {
    private typealias Lanes = SIMD8<Double>

    private let labels: Int
    private let features: Int
    var penalty: Double
    private let means: [Double]
    private let deviations: [Double]
    /// Groups of eight in a row: the features, a constant 1 for the bias, zeros.
    private let groups: Int
    /// [rows][groups]
    private let rows: [Lanes]
    /// [rows][labels]
    private let targets: [Double]
    private let rowCount: Int

    /// Of each label a row of ``groups`` times eight.
    var parameterCount: Int { labels * groups * Lanes.scalarCount }

    /// - Parameter set: at least one row.
    init(_ set: TrainingSet, penalty: Double) {
        let count = set.count
        let features = set.vectors.first?.count ?? 0
        var means = Array(repeating: 0.0, count: features)
        var deviations = Array(repeating: 0.0, count: features)
        for vector in set.vectors { for index in 0..<features { means[index] += Double(vector[index]) } }
        for index in 0..<features { means[index] /= Double(count) }
        for vector in set.vectors {
            for index in 0..<features {
                let distance = Double(vector[index]) - means[index]
                deviations[index] += distance * distance
            }
        }
        for index in 0..<features {
            let deviation = (deviations[index] / Double(count)).squareRoot()
            // A feature that never changes says nothing, and would be divided by zero.
            deviations[index] = deviation > 1e-12 ? deviation : 1
        }
        let lanes = Lanes.scalarCount
        let groups = features / lanes + 1
        var rows = Array(repeating: Lanes.zero, count: count * groups)
        for (row, vector) in set.vectors.enumerated() {
            for index in 0..<features {
                rows[row * groups + index / lanes][index % lanes] =
                    (Double(vector[index]) - means[index]) / deviations[index]
            }
            rows[row * groups + features / lanes][features % lanes] = 1
        }
        labels = set.targets.first?.count ?? 0
        targets = set.targets.flatMap { $0 }
        rowCount = count
        (self.features, self.penalty, self.means, self.deviations) = (features, penalty, means, deviations)
        (self.groups, self.rows) = (groups, rows)
    }

    func evaluate(_ point: [Double], _ gradient: inout [Double]) -> Double {
        let weights = Self.lanes(point)
        var slopes = Array(repeating: Lanes.zero, count: labels * groups)
        var logits = Array(repeating: 0.0, count: labels)
        var loss = 0.0
        rows.withUnsafeBufferPointer { rows in
            weights.withUnsafeBufferPointer { weights in
                slopes.withUnsafeMutableBufferPointer { slopes in
                    for row in 0..<rowCount {
                        let features = row * groups
                        for label in 0..<labels {
                            var sum = Lanes.zero
                            for group in 0..<groups {
                                sum += rows[features + group] * weights[label * groups + group]
                            }
                            logits[label] = sum.sum()
                        }
                        loss += Self.subtractTargets(from: &logits, targets[(row * labels)..<((row + 1) * labels)])
                        for label in 0..<labels {
                            let residual = Lanes(repeating: logits[label])
                            for group in 0..<groups {
                                slopes[label * groups + group] += residual * rows[features + group]
                            }
                        }
                    }
                }
            }
        }
        var squares = 0.0
        let lanes = Lanes.scalarCount
        for index in point.indices {
            let slope = slopes[index / lanes][index % lanes] / Double(rowCount)
            let isWeight = index % (groups * lanes) < features
            gradient[index] = slope + (isWeight ? penalty * point[index] : 0)
            if isWeight { squares += point[index] * point[index] }
        }
        return loss / Double(rowCount) + penalty / 2 * squares
    }

    /// Turns logits into what their probabilities have more than the targets: the slope of the cross-entropy.
    /// - Returns: the cross-entropy.
    private static func subtractTargets(from logits: inout [Double], _ targets: ArraySlice<Double>) -> Double {
        let largest = logits.max() ?? 0
        var sum = 0.0
        for logit in logits { sum += (logit - largest).asProbability }
        let normalizer = largest + sum.naturalLogarithm
        var loss = 0.0
        for (index, target) in targets.enumerated() {
            loss += target * (normalizer - logits[index])
            logits[index] = (logits[index] - normalizer).asProbability - target
        }
        return loss
    }

    /// The regression for features as they are: w (x - mean) / deviation = (w / deviation) x - w mean / deviation.
    func regression(at point: [Double]) -> SoftmaxRegression {
        let stride = groups * Lanes.scalarCount
        var regression = SoftmaxRegression(weights: [], biases: [])
        for label in 0..<labels {
            let row = point[(label * stride)..<((label + 1) * stride)]
            var bias = row[row.startIndex + features]
            var weights: [Float] = []
            for index in 0..<features {
                let weight = row[row.startIndex + index] / deviations[index]
                bias -= weight * means[index]
                weights.append(Float(weight))
            }
            regression.weights.append(weights)
            regression.biases.append(Float(bias))
        }
        return regression
    }

    private static func lanes(_ values: [Double]) -> [Lanes] {
        stride(from: 0, to: values.count, by: Lanes.scalarCount).map { start in
            var lanes = Lanes.zero
            for lane in 0..<Lanes.scalarCount { lanes[lane] = values[start + lane] }
            return lanes
        }
    }
}
