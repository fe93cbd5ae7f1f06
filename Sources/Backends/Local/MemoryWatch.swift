import Chat
import Dispatch
import Synchronization

/// Looks at a model's memory while it answers, on a thread that the answer doesn't wait for: reading what is resident takes
/// as long as some tokens.
final class MemoryWatch: Sendable {
    private struct State {
        var isLooking = false
        var hasEnded = false
    }

    private let state = Mutex(State())
    private let measure: @Sendable () -> MemoryUse
    private let report: @Sendable (MemoryUse) -> Void

    /// - Parameter report: is called from another thread, never after ``end()``.
    init(measure: @escaping @Sendable () -> MemoryUse, report: @escaping @Sendable (MemoryUse) -> Void) {
        self.measure = measure
        self.report = report
    }

    /// Looks once, unless it is at it.
    func look() {
        let isFree = state.withLock { state in
            defer { state.isLooking = true }
            return !state.isLooking && !state.hasEnded
        }
        guard isFree else { return }
        DispatchQueue.global(qos: .utility).async { [self] in
            let use = measure()
            state.withLock { state in
                state.isLooking = false
                if !state.hasEnded { report(use) }
            }
        }
    }

    /// Afterwards nothing is reported any more.
    func end() {
        state.withLock { $0.hasEnded = true }
    }
}
