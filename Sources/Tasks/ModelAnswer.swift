import Chat
import Evaluation

/// What a model answered to a task's question, from its first token to its end.
struct ModelAnswer {
    /// Without what the model thought before.
    private(set) var text = ""
    /// The first token of the text that isn't blank.
    private(set) var firstToken: ChatToken?
    /// Nil where the answer broke off.
    private(set) var finish: FinishReason?
    let metrics: Metrics

    /// - Throws: what the model throws, and `CancellationError`.
    init(of model: any ChatBackend, to request: ChatRequest) async throws {
        var recorder = MetricsRecorder(profile: model.profile)
        for try await event in model.respond(to: request) {
            recorder.record(event)
            switch event {
            case .token(let token) where token.channel == .answer:
                if firstToken == nil, !token.text.allSatisfy(\.isWhitespace) { firstToken = token }
                text += token.text
            case .finished(let reason, _): finish = reason
            default: break
            }
        }
        try Task.checkCancellation()
        metrics = recorder.metrics
    }

    /// What a solver makes of it, with what it took.
    func solution(_ answer: String, probabilities: [Double]? = nil) -> Solution {
        Solution(answer, probabilities: probabilities, metrics)
    }
}

extension Solution {
    /// An answer with what it took.
    init(_ answer: String, probabilities: [Double]? = nil, _ metrics: Metrics) {
        self.init(
            answer: answer, probabilities: probabilities, promptTokens: metrics.promptTokens,
            cachedTokens: metrics.cachedTokens, answerTokens: metrics.generatedTokens,
            // By the hour, the time of the example is what costs.
            charge: metrics.cost.flatMap { $0.basis == .elapsedTime ? nil : $0.amount })
    }
}
