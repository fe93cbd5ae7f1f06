import Chat
import ChatTestSupport
import Evaluation
import Testing

@testable import Tasks

@Suite struct AnsweringSolverTests {
    private let profile = SolverProfile(name: "m", kind: .model, bytes: 1, fingerprint: "f")
    private let shot = Example(id: "s", text: "1 + 1?", expected: "2")

    @Test func whatIsAskedHoldsTheInstructionAndTheShots() async throws {
        let backend = ScriptedBackend.answering([" ", "4", "2", "\n"])
        let solver = AnsweringSolver(
            backend, task: try AnswerTask(instruction: "Add.", shots: [shot], maximumTokens: 9), profile: profile)
        let solution = try await solver.solve(Example(id: "1", text: "40 + 2?"))
        #expect(solution.answer == "42")
        #expect(solution.promptTokens == 10 && solution.answerTokens == 4)
        let request = try #require(backend.requests.first)
        #expect(request.messages.map(\.content) == ["Add.", "1 + 1?", "2", "40 + 2?"])
        #expect(request.maximumTokens == 9 && request.sampling.temperature == 0 && request.rendering == .chatTemplate)
    }

    @Test func modelsWithoutATemplateGoOnWithText() async throws {
        let backend = ScriptedBackend.answering(
            [" 42", "\n\nQuestion:", " 3 + 3?"], profile: .scripted(hasChatTemplate: false))
        let solver = AnsweringSolver(
            backend, task: try AnswerTask(instruction: "Add.", shots: [shot]), profile: profile)
        #expect(try await solver.solve(Example(id: "1", text: "40 + 2?")).answer == "42")
        #expect(
            backend.requests.first?.messages.map(\.content)
                == ["Add.\n\nQuestion: 1 + 1?\nAnswer: 2\n\nQuestion: 40 + 2?\nAnswer:"])
    }

    @Test func everyShotNeedsAnAnswer() {
        #expect(throws: TaskError.self) { try AnswerTask(shots: [Example(id: "1", text: "x")]) }
    }

    @Test func theFingerprintNamesAllThatCounts() throws {
        let tasks = [
            try AnswerTask(), try AnswerTask(instruction: "a"), try AnswerTask(shots: [shot]),
            try AnswerTask(maximumTokens: 5),
        ]
        #expect(Set(tasks.map(\.fingerprint)).count == tasks.count)
    }
}
