import Foundation

/// What has happened and isn't handled yet. Threads that block and tasks put in, the run loop takes out.
final class RunLoopQueue<Element: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    // Both are guarded by the condition's lock.
    private var elements: [Element] = []
    private var isPressing = false

    /// - Parameter canWait: whether a deadline that somebody waits for is soon enough. A wake-up for each token of a
    ///   fast model would cost more than what is done with it.
    func post(_ new: [Element], canWait: Bool = false) {
        guard !new.isEmpty else { return }
        condition.lock()
        let wasEmpty = elements.isEmpty
        elements += new
        if !canWait { isPressing = true }
        if isPressing || wasEmpty { condition.signal() }
        condition.unlock()
    }

    /// Blocks until there is something, and takes all of it; without a deadline, until anything is there, otherwise
    /// until something is there that can't wait for it. Empty if nothing came before the deadline.
    func takeAll(until deadline: ContinuousClock.Instant?) -> [Element] {
        condition.lock()
        defer { condition.unlock() }
        while !isPressing {
            guard let deadline else {
                if !elements.isEmpty { break }
                condition.wait()
                continue
            }
            let left = (deadline - .now) / .seconds(1)
            guard left > 0 else { break }
            _ = condition.wait(until: Date(timeIntervalSinceNow: left))
        }
        defer { elements.removeAll() }
        isPressing = false
        return elements
    }
}
