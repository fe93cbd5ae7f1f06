import Foundation

/// Runs work that blocks on a thread made for it, away from Swift's cooperative pool, which has only a thread a core.
public enum BlockingThread {
    /// Waits for `work` without blocking a thread of the pool; cancelling the task cancels what `work` is given.
    public static func run<Result: Sendable>(
        _ work: @escaping @Sendable (Cancellation) throws -> Result
    ) async throws -> Result {
        let cancellation = Cancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let thread = Thread { continuation.resume(with: Swift.Result { try work(cancellation) }) }
                thread.stackSize = 1 << 20
                thread.start()
            }
        } onCancel: {
            cancellation.cancel()
        }
    }
}
