import Synchronization

/// Ends a run from another thread.
final class CancellationFlag: Sendable {
    private let raised = Atomic(false)

    func raise() {
        raised.store(true, ordering: .relaxed)
    }

    /// - Throws: `CancellationError` once the flag is raised.
    func check() throws {
        if raised.load(ordering: .relaxed) { throw CancellationError() }
    }
}
