import Chat
import Evaluation

/// Classifies by asking a model for the label: for servers, which don't score answers that they didn't give. Where the
/// server tells the likeliest tokens, the labels' probabilities are made of those of the answer's first token.
public final class AnsweringClassifier: Solver {
    public let profile: SolverProfile
    private let task: ClassificationTask
    private let model: any ChatBackend

    public init(_ model: any ChatBackend, task: ClassificationTask, profile: SolverProfile) {
        self.model = model
        self.task = task
        self.profile = profile
    }

    public func solve(_ example: Example) async throws -> Solution {
        var request = task.request(for: example.text, to: model.profile)
        request.maximumTokens = 32
        request.topLogprobs = 20
        request.constraint = .choices(task.labels)
        let answer = try await ModelAnswer(of: model, to: request)
        return answer.solution(
            label(in: answer.text) ?? answer.text.trimmingWhitespace,
            probabilities: answer.firstToken.flatMap(probabilities))
    }

    public func memoryUse() -> Int? { model.memoryUse()?.total }

    /// The label that an answer comes to: the answer itself, or the only label in it.
    func label(in answer: String) -> String? {
        let plain = answer.trimmingWhitespace.lowercased()
        if let label = task.labels.first(where: { $0.lowercased() == plain }) { return label }
        let found = task.labels.filter { plain.contains($0.lowercased()) }
        // "not spam" holds "spam".
        let longest = found.filter { label in
            !found.contains { $0 != label && $0.lowercased().contains(label.lowercased()) }
        }
        return longest.count == 1 ? longest[0] : nil
    }

    /// The share of each label among the likeliest first tokens that begin just one of them.
    private func probabilities(of token: ChatToken) -> [Double]? {
        guard !token.alternatives.isEmpty else { return nil }
        var shares = Array(repeating: 0.0, count: task.labels.count)
        for alternative in token.alternatives {
            let text = alternative.text.trimmingWhitespace.lowercased()
            guard !text.isEmpty else { continue }
            let begun = task.labels.indices.filter { task.labels[$0].lowercased().hasPrefix(text) }
            if begun.count == 1 { shares[begun[0]] += alternative.logprob.asProbability }
        }
        let sum = shares.reduce(0, +)
        return sum > 0 ? shares.map { $0 / sum } : nil
    }
}

extension String {
    var trimmingWhitespace: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
