import Evaluation
import Foundation
import Testing

@testable import Tasks

/// Rows that another program can make, too: features of different widths, targets that depend on them and on chance.
private func rows(_ count: Int, features: Int, labels: Int, seed: UInt64) -> TrainingSet {
    var generator = SplitMix(seed: seed)
    func unit() -> Double { Double(generator.next() >> 40) / Double(1 << 24) }
    var set = TrainingSet()
    for _ in 0..<count {
        let vector = (0..<features).map { Float((unit() * 2 - 1) * Double(1 + $0)) }
        let logits = (0..<labels).map {
            Double(vector[$0 % features]) * 2 - Double(vector[($0 + 1) % features]) + unit()
        }
        let shares = logits.map { exp($0 - (logits.max() ?? 0)) }
        let sum = shares.reduce(0, +)
        set.add(vector, target: shares.map { $0 / sum })
    }
    return set
}

@Suite struct SoftmaxRegressionTests {
    struct Reference {
        var labels: Int
        var penalty: Double
        /// Of rows 0, 1 and 39.
        var probabilities: [[Double]]
    }

    /// scikit-learn 1.9.1's `LogisticRegression` on standardized features, each row once for each label, weighted with the
    /// target; C = 1 / (penalty · rows), twice that for two labels, where it has one vector of weights for both.
    static let references = [
        Reference(
            labels: 3, penalty: 0.01,
            probabilities: [
                [0.147646176, 0.000945051, 0.851408773], [0.276216681, 0.043286325, 0.680496994],
                [0.529881944, 0.049960575, 0.420157481],
            ]),
        Reference(
            labels: 2, penalty: 0.1,
            probabilities: [[0.958563298, 0.041436702], [0.505772698, 0.494227302], [0.118949796, 0.881050204]]),
    ]

    @Test(arguments: references)
    func fitsAsAnotherProgramDoes(reference: Reference) throws {
        let set = rows(40, features: 4, labels: reference.labels, seed: 7)
        let fit = try SoftmaxRegression.fitted(
            to: SoftmaxObjective(set, penalty: reference.penalty), minimizer: LimitedMemoryBFGS(tolerance: 1e-9))
        #expect(fit.minimum.hasConverged)
        for (row, expected) in zip([0, 1, 39], reference.probabilities) {
            for (given, expected) in zip(fit.regression.probabilities(set.vectors[row]), expected) {
                // Weights are kept in single precision.
                #expect(abs(given - expected) < 2e-6)
            }
        }
    }

    @Test func theGradientIsThatOfTheValue() {
        // Eleven features and a bias: one full group of eight and a half.
        let objective = SoftmaxObjective(rows(9, features: 11, labels: 3, seed: 1), penalty: 0.3)
        var point = (0..<objective.parameterCount).map { sin(Double($0)) }
        var gradient = point
        var unused = point
        _ = objective.evaluate(point, &gradient)
        for index in point.indices where index % 16 < 12 {
            let value = point[index]
            point[index] = value + 1e-5
            let above = objective.evaluate(point, &unused)
            point[index] = value - 1e-5
            let below = objective.evaluate(point, &unused)
            point[index] = value
            #expect(abs((above - below) / 2e-5 - gradient[index]) < 1e-7)
        }
    }

    @Test func theSameRowsGiveTheSameBits() throws {
        let set = rows(60, features: 9, labels: 2, seed: 5)
        let one = try SoftmaxRegression.fitted(to: SoftmaxObjective(set, penalty: 0.01)).regression
        let other = try SoftmaxRegression.fitted(to: SoftmaxObjective(set, penalty: 0.01)).regression
        #expect(one == other)
        #expect(one.weights[0] != one.weights[1])
    }

    @Test func aFeatureThatNeverChangesIsIgnored() throws {
        var set = TrainingSet()
        for value: Float in [-2, -1, 1, 2] { set.add([7, value], target: value > 0 ? [0.9, 0.1] : [0.1, 0.9]) }
        let fit = try SoftmaxRegression.fitted(to: SoftmaxObjective(set, penalty: 0.01))
        #expect(fit.regression.weights.allSatisfy { $0[0] == 0 })
        #expect(fit.regression.probabilities([7, 2])[0] > 0.8)
    }

    @Test func withoutFeaturesThatTellTheBiasIsTheMeanTarget() throws {
        var set = TrainingSet()
        for target in [[0.7, 0.3], [0.9, 0.1], [0.5, 0.5]] { set.add([1, 1], target: target) }
        let fit = try SoftmaxRegression.fitted(to: SoftmaxObjective(set, penalty: 1))
        #expect(abs(fit.regression.probabilities([1, 1])[0] - 0.7) < 1e-5)
        // The entropy of the mean target, as closely as the mean can be met: -0.7 ln 0.7 - 0.3 ln 0.3.
        #expect(abs(set.crossEntropy(of: fit.regression) - 0.6108643020548935) < 1e-6)
    }

    @Test func aBowlIsDescendedToItsGround() {
        // 1/2 Σ c (x - 1)², steep in one direction and flat in another one.
        let curvatures = [1e3, 1, 1e-2, 10]
        let minimum = LimitedMemoryBFGS(tolerance: 1e-9).minimize(from: [5, -3, 20, 0]) { point, gradient in
            for index in point.indices { gradient[index] = curvatures[index] * (point[index] - 1) }
            return zip(point, curvatures).reduce(0) { $0 + $1.1 * ($1.0 - 1) * ($1.0 - 1) / 2 }
        }
        #expect(minimum.hasConverged)
        #expect(minimum.steps < 60)
        #expect(minimum.point.allSatisfy { abs($0 - 1) < 1e-6 })
    }

    @Test func fittingEndsWhenItIsTold() {
        struct Ended: Error {}
        var passes = 0
        #expect(throws: Ended.self) {
            try SoftmaxRegression.fitted(to: SoftmaxObjective(rows(20, features: 3, labels: 2, seed: 2), penalty: 0.01))
            {
                passes += 1
                if passes == 3 { throw Ended() }
            }
        }
        #expect(passes == 3)
    }

    @Test func thePenaltyThatServesUnseenRowsIsChosen() throws {
        // Targets at random: the less is made of the features the better.
        var generator = SplitMix(seed: 11)
        func noise(_ count: Int) -> TrainingSet {
            var set = TrainingSet()
            for _ in 0..<count {
                let vector = (0..<8).map { _ in Float.random(in: -1...1, using: &generator) }
                let isFirst = Bool.random(using: &generator)
                set.add(vector, target: isFirst ? [1, 0] : [0, 1])
            }
            return set
        }
        let chance = try PenaltySearch.search(training: noise(24), validation: noise(200))
        #expect(chance.best.penalty == 1)
        #expect(chance.trials.count == 3)
        let set = rows(120, features: 4, labels: 2, seed: 3)
        let signal = try PenaltySearch.search(training: set, validation: rows(60, features: 4, labels: 2, seed: 4))
        #expect(signal.best.penalty < 0.01)
    }
}
