/// Chooses how strongly large weights are penalized: by what the labels of texts that weren't learned from say.
enum PenaltySearch {
    /// From one that leaves little of the features to one that leaves them free, half a power of ten apart.
    static let penalties = [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001]

    struct Result {
        var trials: [Trial]
        /// That with the lowest cross-entropy on the validation part.
        var best: Trial
    }

    /// What one penalty gives.
    struct Trial: Sendable, Equatable, Codable {
        var penalty: Double
        /// Mean over the validation part, in nats, against the teacher's probabilities.
        var crossEntropy: Double
    }

    /// Goes from strong to weak, each beginning where the last one ended, until two in a row only made it worse.
    static func search(
        training: TrainingSet, validation: TrainingSet, checkpoint: () throws -> Void = {}
    ) throws -> Result {
        var objective = SoftmaxObjective(training, penalty: penalties[0])
        var fit: SoftmaxRegression.Fit?
        var trials: [Trial] = []
        var best: Trial?
        var isWorse = 0
        for penalty in penalties where isWorse < 2 {
            objective.penalty = penalty
            let next = try SoftmaxRegression.fitted(to: objective, from: fit, checkpoint: checkpoint)
            let trial = Trial(penalty: penalty, crossEntropy: validation.crossEntropy(of: next.regression))
            trials.append(trial)
            if trial.crossEntropy < best?.crossEntropy ?? .infinity {
                (best, isWorse) = (trial, 0)
            } else {
                isWorse += 1
            }
            fit = next
        }
        return Result(trials: trials, best: best ?? Trial(penalty: penalties[0], crossEntropy: .infinity))
    }
}
