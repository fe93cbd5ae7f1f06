import Foundation
import Testing

@testable import diptych

@Suite struct RunLoopQueueTests {
    private let never = ContinuousClock.now + .seconds(86_400)

    @Test func whatCannotWaitEndsAWait() async throws {
        let queue = RunLoopQueue<Int>()
        queue.post([1], canWait: true)
        let taken = Task { [never] in try await onOwnThread { queue.takeAll(until: never) } }
        queue.post([2])
        #expect(try await taken.value == [1, 2])
    }

    @Test func whatCanWaitIsThereAtTheDeadline() async throws {
        let queue = RunLoopQueue<Int>()
        let deadline = ContinuousClock.now + .milliseconds(20)
        queue.post([1], canWait: true)
        let taken = try await onOwnThread { (queue.takeAll(until: deadline), ContinuousClock.now) }
        #expect(taken.0 == [1])
        #expect(taken.1 >= deadline)
    }

    @Test func withoutADeadlineAnythingEndsAWait() async throws {
        let queue = RunLoopQueue<Int>()
        let taken = Task { try await onOwnThread { queue.takeAll(until: nil) } }
        queue.post([1], canWait: true)
        #expect(try await taken.value == [1])
    }

    @Test func aPressureIsOverOnceItIsTaken() async throws {
        let queue = RunLoopQueue<Int>()
        queue.post([1])
        let deadline = ContinuousClock.now + .milliseconds(20)
        #expect(try await onOwnThread { queue.takeAll(until: nil) } == [1])
        queue.post([2], canWait: true)
        let taken = try await onOwnThread { (queue.takeAll(until: deadline), ContinuousClock.now) }
        #expect(taken.0 == [2] && taken.1 >= deadline)
    }
}
