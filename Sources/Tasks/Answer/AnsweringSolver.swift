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
        var request = task.request(for: example.text, to: model.profile)
        request.maximumTokens = task.maximumTokens
        let answer = try await ModelAnswer(of: model, to: request)
        var text = answer.text[...]
        // A model without a template likes to go on with a question of its own.
        if !model.profile.hasChatTemplate, let next = text.firstRange(of: "\nQuestion:") {
            text = text[..<next.lowerBound]
        }
        return answer.solution(String(text).trimmingWhitespace)
    }

    public func memoryUse() -> Int? { model.memoryUse()?.total }
}
