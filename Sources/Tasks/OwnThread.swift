import Foundation
import Synchronization

/// Runs work that computes for seconds on a thread of its own: two such on the concurrency pool of a machine with two
/// cores would stop every other task.
/// - Parameter work: gets what it is to call every now and then, which throws `CancellationError` once the task was
///   cancelled.
func onOwnThread<Result: Sendable>(
    _ work: @escaping @Sendable (_ checkpoint: () throws -> Void) throws -> Result
) async throws -> Result {
    let flag = CancellationFlag()
    return try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { continuation in
            Thread { continuation.resume(with: Swift.Result { try work(flag.check) }) }.start()
        }
    } onCancel: {
        flag.raise()
    }
}

private final class CancellationFlag: Sendable {
    private let isRaised = Atomic(false)

    func raise() { isRaised.store(true, ordering: .relaxed) }
    func check() throws { if isRaised.load(ordering: .relaxed) { throw CancellationError() } }
}
