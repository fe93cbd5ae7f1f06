import Chat
import Evaluation

/// Classifies by how likely a local model holds each label, without sampling: the same text always gets the same answer.
public final class LikelihoodClassifier: Solver {
    public let profile: SolverProfile
    private let task: ClassificationTask
    private let model: any ChoiceScoring
    /// What the model gives each label for texts without content; nil until that is asked.
    private let prior = Once<[Double]>()

    /// - Parameter profile: of the model; the task's fingerprint is added to its own.
    public init(_ model: any ChoiceScoring, task: ClassificationTask, profile: SolverProfile) {
        self.model = model
        self.task = task
        self.profile = profile
    }

    public func prepare() async throws {
        // Computes the common beginning, too.
        if task.calibration == .contentFree { _ = try await contentFreePrior() }
    }

    public func solve(_ example: Example) async throws -> Solution {
        var scores = try await score(example.text)
        if task.calibration == .contentFree {
            let prior = try await contentFreePrior()
            for index in prior.indices { scores.logprobs[index] -= prior[index] }
        }
        let probabilities = scores.probabilities
        let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
        return Solution(
            answer: task.labels[best], probabilities: probabilities, promptTokens: scores.promptTokens,
            cachedTokens: scores.cachedTokens)
    }

    public func memoryUse() -> Int? { model.memoryUse()?.total }

    private func score(_ text: String) async throws -> ChoiceScores {
        // Text that goes on behind "Label:" begins with a space; an answer of its own doesn't.
        let choices = model.profile.hasChatTemplate ? task.labels : task.labels.map { " \($0)" }
        return try await model.score(choices: choices, for: task.request(for: text, to: model.profile))
    }

    /// Natural logarithm of each label's mean probability over the texts without content.
    private func contentFreePrior() async throws -> [Double] {
        try await prior.value { [self] in
            var sums = Array(repeating: 0.0, count: task.labels.count)
            for text in ClassificationTask.contentFreeTexts {
                for (index, share) in try await score(text).probabilities.enumerated() { sums[index] += share }
            }
            return sums.map { ($0 / Double(ClassificationTask.contentFreeTexts.count)).naturalLogarithm }
        }
    }
}
