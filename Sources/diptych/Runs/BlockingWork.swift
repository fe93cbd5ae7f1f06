import Foundation

/// Runs work that blocks on a thread of its own: two blocking calls on the concurrency pool of a machine with two
/// cores would stop every other task.
func onOwnThread<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        let notes = Output.notes
        let thread = Thread {
            continuation.resume(with: Swift.Result { try Output.$notes.withValue(notes) { try work() } })
        }
        // Secondary threads get 512 KiB by default on some systems; templates and parsers recurse.
        thread.stackSize = 8 << 20
        thread.start()
    }
}
