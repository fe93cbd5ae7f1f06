import Synchronization

/// Tells work on a thread of its own that nobody wants its result any more.
final class InterruptFlag: Sendable {
    private let value = Atomic(false)

    var isRaised: Bool { value.load(ordering: .relaxed) }

    func raise() { value.store(true, ordering: .relaxed) }
}
