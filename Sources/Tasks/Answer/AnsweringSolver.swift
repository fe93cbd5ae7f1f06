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
        let answer = try await ModelAnswer(of: model, to: request)
        let text = answer.text
        // A model without a template likes to go on with a question of its own.
        let own = chats ? text[...] : text[..<(text.firstRange(of: "\nQuestion:")?.lowerBound ?? text.endIndex)]
        return answer.solution(String(own).trimmingWhitespace)
    }

    public func memoryUse() -> Int? { model.memoryUse()?.total }
}
