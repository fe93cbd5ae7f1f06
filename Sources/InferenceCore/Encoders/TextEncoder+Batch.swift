import Dispatch
import Synchronization

extension TextEncoder {
    /// Vectors of many texts, in their order: each worker of the runtime computes whole texts, so that none waits for
    /// another. The bits are those of ``vector(of:)``.
    /// - Returns: [texts][embedding]
    /// - Throws: what ``vector(of:)`` throws for any of them, or `CancellationError` between two texts.
    public func vectors(of texts: [[TokenID]]) async throws -> [[Float]] {
        let batch = Batch(texts: texts)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                batches.async { [self] in
                    runtime.whileActive {
                        DispatchQueue.concurrentPerform(iterations: min(runtime.threads, texts.count)) { _ in
                            compute(batch)
                        }
                    }
                    continuation.resume(with: batch.result)
                }
            }
        } onCancel: {
            batch.cancellation.raise()
        }
    }

    /// Takes texts until none is left, or one has failed.
    private func compute(_ batch: Batch) {
        do {
            var space = lanes.withLock { $0.popLast() }
            while let index = batch.next() {
                let tokens = batch.texts[index]
                let enough = try self.space(space, for: tokens.count, workers: 1)
                space = enough
                let vector = try compute(tokens, Self.zeros(tokens.count), in: enough) { pooled($0) }
                batch.finish(index, vector)
            }
            if let space { lanes.withLock { $0.append(space) } }
        } catch {
            batch.fail(error)
        }
    }

    /// What the workers share while they compute some texts.
    private final class Batch: Sendable {
        private struct State {
            var taken = 0
            var vectors: [[Float]]
            var failure: (any Error)?
        }

        let texts: [[TokenID]]
        let cancellation = CancellationFlag()
        private let state: Mutex<State>

        init(texts: [[TokenID]]) {
            self.texts = texts
            state = Mutex(State(vectors: Array(repeating: [], count: texts.count)))
        }

        func next() -> Int? {
            state.withLock { state in
                do { try cancellation.check() } catch { state.failure = state.failure ?? error }
                guard state.failure == nil, state.taken < texts.count else { return nil }
                state.taken += 1
                return state.taken - 1
            }
        }

        func finish(_ index: Int, _ vector: [Float]) { state.withLock { $0.vectors[index] = vector } }

        func fail(_ error: any Error) { state.withLock { $0.failure = $0.failure ?? error } }

        var result: Result<[[Float]], any Error> {
            state.withLock { state in state.failure.map { .failure($0) } ?? .success(state.vectors) }
        }
    }
}
