import Chat
import Evaluation

/// Answers texts by asking a model, always with the likeliest token, so that the same text gets the same answer.
public final class AnsweringSolver: Solver {
    public let profile: SolverProfile
    private let task: AnswerTask
    private let model: any ChatBackend

    public init(_ model: any ChatBackend, task: AnswerTask, profile: SolverProfile) {
        self.model = model
        self.task = task
        self.profile = profile
    }

    public func solve(_ example: Example) async throws -> Solution {
        let chats = model.profile.hasChatTemplate
        let request = ChatRequest(
            messages: chats ? task.messages(for: example.text) : task.rawMessages(for: example.text),
            maximumTokens: task.maximumTokens, rendering: chats ? .chatTemplate : .raw)
        var recorder = MetricsRecorder(profile: model.profile)
        var text = ""
        for try await event in model.respond(to: request) {
            recorder.record(event)
            if case .token(let token) = event, token.channel == .answer { text += token.text }
        }
        try Task.checkCancellation()
        let metrics = recorder.metrics
        // A model without a template likes to go on with a question of its own.
        let own = chats ? text[...] : text[..<(text.firstRange(of: "\nQuestion:")?.lowerBound ?? text.endIndex)]
        return Solution(
            answer: String(own).trimmingWhitespace, promptTokens: metrics.promptTokens,
            cachedTokens: metrics.cachedTokens,
            answerTokens: metrics.generatedTokens,
            charge: metrics.cost.flatMap { $0.basis == .elapsedTime ? nil : $0.amount })
    }

    public func memoryUse() -> Int? { model.memoryUse()?.total }
}
