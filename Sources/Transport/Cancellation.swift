import Foundation
import Synchronization

/// Says to work on a thread of its own that nobody waits for its result any more.
public final class Cancellation: Sendable {
    private let flag = Atomic(false)

    public init() {}

    public var isCancelled: Bool { flag.load(ordering: .acquiring) }

    public func cancel() {
        flag.store(true, ordering: .releasing)
    }

    /// - Throws: `CancellationError` once ``cancel()`` was called.
    public func check() throws {
        if isCancelled { throw CancellationError() }
    }

    /// Blocks for `seconds`, or until cancelled if that comes first.
    ///
    /// - Throws: `CancellationError`.
    public func sleep(seconds: Double) throws {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            try check()
            Thread.sleep(forTimeInterval: min(0.05, seconds))
        }
        try check()
    }
}
