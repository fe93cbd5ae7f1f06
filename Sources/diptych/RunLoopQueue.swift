import Foundation

/// What has happened and isn't handled yet. Threads that block and tasks put in, the run loop takes out.
final class RunLoopQueue<Element: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    /// Guarded by the condition's lock.
    private var elements: [Element] = []

    func post(_ new: [Element]) {
        guard !new.isEmpty else { return }
        condition.lock()
        elements += new
        condition.signal()
        condition.unlock()
    }

    /// Blocks until there is something, and takes all of it. Empty if nothing came before the deadline; nil waits for
    /// ever.
    func takeAll(until deadline: ContinuousClock.Instant?) -> [Element] {
        condition.lock()
        defer { condition.unlock() }
        while elements.isEmpty {
            guard let deadline else {
                condition.wait()
                continue
            }
            let left = (deadline - .now) / .seconds(1)
            guard left > 0 else { return [] }
            _ = condition.wait(until: Date(timeIntervalSinceNow: left))
        }
        defer { elements.removeAll() }
        return elements
    }
}
