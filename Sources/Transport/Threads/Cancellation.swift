import Foundation
import Synchronization

/// Says to work on a thread of its own that nobody waits for its result any more.
public final class Cancellation: Sendable {
    private struct State {
        var isCancelled = false
        /// Wakes the work up, if it waits for something.
        var wake: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    public init() {}

    public var isCancelled: Bool { state.withLock { $0.isCancelled } }

    public func cancel() {
        state.withLock { state in
            state.isCancelled = true
            state.wake?()
        }
    }

    /// - Throws: `CancellationError` once ``cancel()`` was called.
    public func check() throws {
        if isCancelled { throw CancellationError() }
    }

    /// Blocks for `seconds`, or until cancelled if that comes first.
    ///
    /// - Throws: `CancellationError`.
    public func sleep(seconds: Double) throws {
        let alarm = DispatchSemaphore(value: 0)
        try waking(
            by: { alarm.signal() },
            from: {
                try check()
                _ = alarm.wait(timeout: .now() + seconds)
            })
        try check()
    }

    /// Does work that waits for something else than this object; `wake` is called once when it is cancelled meanwhile.
    /// One such work at a time.
    func waking<Result>(
        by wake: @escaping @Sendable () -> Void, from work: () throws -> Result
    ) rethrows -> Result {
        state.withLock { $0.wake = wake }
        // After this nobody is in `wake` any more, nor will be.
        defer { state.withLock { $0.wake = nil } }
        return try work()
    }
}
