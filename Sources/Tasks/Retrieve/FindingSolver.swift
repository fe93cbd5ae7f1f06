import Evaluation
import Retrieval

/// The small model alone: answers a question with the passage that fits it best, and its place.
public final class FindingSolver: Solver {
    public let profile: SolverProfile
    private let task: RetrievalTask
    private let memory: @Sendable () -> Int?

    /// - Parameter memory: bytes that the encoder holds.
    public init(_ task: RetrievalTask, profile: SolverProfile, memory: @escaping @Sendable () -> Int?) {
        self.task = task
        self.profile = profile
        self.memory = memory
    }

    public func solve(_ example: Example) async throws -> Solution {
        let result = try await task.searcher.search(
            example.text, count: task.options.sources, mode: task.options.mode)
        guard result.evidence.isAboutTheQuestion, let best = result.hits.first else {
            return Solution(answer: RetrievalTask.nothingFound)
        }
        let lines = Snippet.lines(of: best.text, for: example.text)
        return Solution(answer: lines.joined(separator: " ") + " [\(best.location)]")
    }

    public func memoryUse() -> Int? { memory() }
}
