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
        let request = ChatRequest(
            messages: task.messages(for: example.text), maximumTokens: 32, topLogprobs: 20,
            constraint: .choices(task.labels))
        var recorder = MetricsRecorder(profile: model.profile)
        var text = ""
        var first: ChatToken?
        for try await event in model.respond(to: request) {
            recorder.record(event)
            if case .token(let token) = event, token.channel == .answer {
                if first == nil, !token.text.allSatisfy(\.isWhitespace) { first = token }
                text += token.text
            }
        }
        try Task.checkCancellation()
        let metrics = recorder.metrics
        return Solution(
            answer: label(in: text) ?? text.trimmingWhitespace, probabilities: first.flatMap(probabilities),
            promptTokens: metrics.promptTokens, cachedTokens: metrics.cachedTokens,
            answerTokens: metrics.generatedTokens,
            charge: metrics.cost.flatMap { $0.basis == .elapsedTime ? nil : $0.amount })
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
