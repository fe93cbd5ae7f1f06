import Chat
import Evaluation
import Retrieval

/// Both models: the small one finds passages, the large one answers from them and cites their places.
public final class WritingSolver: Solver {
    public let profile: SolverProfile
    private let answerer: Answerer
    private let model: any ChatBackend
    private let memory: @Sendable () -> Int?

    /// - Parameter memory: bytes that the encoder holds.
    public init(
        _ model: any ChatBackend, task: RetrievalTask, profile: SolverProfile, memory: @escaping @Sendable () -> Int?
    ) {
        self.model = model
        self.profile = profile
        self.memory = memory
        answerer = Answerer(searcher: task.searcher, backend: model, options: task.options)
    }

    public func solve(_ example: Example) async throws -> Solution {
        for try await event in answerer.answer(example.text) {
            switch event {
            case .nothingFound: return Solution(answer: RetrievalTask.nothingFound)
            case .finished(let answer):
                return Solution(answer.textWithPlaces.trimmingWhitespace, answer.metrics)
            case .searched, .prompt, .chat: break
            }
        }
        throw CancellationError()
    }

    public func memoryUse() -> Int? {
        model.memoryUse().map { $0.total + (memory() ?? 0) }
    }
}
