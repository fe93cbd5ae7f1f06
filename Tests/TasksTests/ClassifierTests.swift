import Chat
import Evaluation
import Testing

@testable import Tasks

/// Gives each choice a likelihood by what the last message holds.
private struct ScoringModel: ChoiceScoring {
    let profile = ModelProfile(name: "scoring", loadDuration: .zero)
    let logprobs: @Sendable (String) -> [Double]

    func respond(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> { .finished }
    func memoryUse() -> MemoryUse? { nil }

    func score(choices: [String], for request: ChatRequest) async throws -> ChoiceScores {
        ChoiceScores(
            logprobs: logprobs(request.messages.last?.content ?? ""), tokenCounts: choices.map { _ in 1 },
            promptTokens: 10, cachedTokens: 4)
    }
}

extension AsyncThrowingStream where Failure == any Error {
    fileprivate static var finished: Self { AsyncThrowingStream { $0.finish() } }
}

@Suite struct ClassifierTests {
    private let profile = SolverProfile(name: "m", kind: .model, bytes: 1, fingerprint: "f")

    @Test func theLikeliestLabelIsTheAnswer() async throws {
        let task = try ClassificationTask(labels: ["good", "bad"])
        let classifier = LikelihoodClassifier(
            ScoringModel { $0.contains("fine") ? [-1, -2] : [-5, -1] }, task: task, profile: profile)
        let solution = try await classifier.solve(Example(id: "1", text: "fine"))
        #expect(solution.answer == "good")
        #expect(abs((solution.probabilities?[0] ?? 0) - 0.7310585786300049) < 1e-12)
        #expect(try await classifier.solve(Example(id: "2", text: "awful")).answer == "bad")
        #expect(solution.cachedTokens == 4)
    }

    @Test func calibrationTakesAwayWhatTheModelLikesAnyway() async throws {
        let task = try ClassificationTask(labels: ["good", "bad"], calibration: .contentFree)
        // Likes "good" by three nats without any content, by one for the text.
        let classifier = LikelihoodClassifier(
            ScoringModel { $0.contains("plot") ? [-1, -2] : [-1, -4] }, task: task, profile: profile)
        let solution = try await classifier.solve(Example(id: "1", text: "the plot"))
        #expect(solution.answer == "bad")
        // e^(1 - 3) to 1.
        #expect(abs((solution.probabilities?[0] ?? 0) - 0.11920292202211755) < 1e-9)
    }

    @Test(arguments: [
        ("spam", "spam"), (" Not spam.", "not spam"), ("It is spam!", "spam"), ("hm", nil), ("SPAM or other", nil),
    ])
    func aLabelIsFoundInAnAnswer(answer: String, label: String?) throws {
        let task = try ClassificationTask(labels: ["spam", "not spam", "other"])
        let classifier = AnsweringClassifier(ScoringModel { _ in [] }, task: task, profile: profile)
        #expect(classifier.label(in: answer) == label)
    }

    /// A misspelt label would only ever be judged wrong.
    @Test func anExampleThatExpectsAnotherLabelIsNamed() throws {
        let task = try ClassificationTask(labels: ["good", "bda"])
        try task.check([Example(id: "1", text: "fine", expected: "good"), Example(id: "2", text: "so-so")])
        #expect(
            throws: TaskError(
                "example 7: expected one of the labels good, bda, found 'bad'; name all labels, or mend the file")
        ) {
            try task.check([Example(id: "7", text: "awful", expected: "bad")])
        }
    }

    @Test func labelsThatCannotBeUsedAreRefused() {
        #expect(throws: TaskError.self) { try ClassificationTask(labels: ["one"]) }
        #expect(throws: TaskError.self) { try ClassificationTask(labels: ["one", "one"]) }
        #expect(throws: TaskError.self) { try ClassificationTask(labels: ["one", " "]) }
        #expect(throws: TaskError.self) {
            try ClassificationTask(labels: ["a", "b"], shots: [Example(id: "1", text: "x", expected: "c")])
        }
    }
}
