import Chat
import Dispatch
import Synchronization
import Testing

@testable import Backends

@Suite struct MemoryWatchTests {
    private static let use = MemoryUse(
        weightsMapped: 1, weightsResident: 1, repacked: 0, keyValueCache: 0, scratch: 0)

    @Test func looksOnceAtATimeAndReportsNothingAfterTheEnd() {
        let (begun, goOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let reported = Mutex(0)
        let watch = MemoryWatch(
            measure: {
                begun.signal()
                goOn.wait()
                return Self.use
            }, report: { _ in reported.withLock { $0 += 1 } })
        watch.look()
        begun.wait()
        // These find it at work.
        watch.look()
        watch.look()
        watch.end()
        goOn.signal()
        watch.look()
        #expect(begun.wait(timeout: .now()) == .timedOut)
        #expect(reported.withLock { $0 } == 0)
    }

    @Test func reportsWhatItSees() {
        let seen = DispatchSemaphore(value: 0)
        let watch = MemoryWatch(
            measure: { Self.use },
            report: { use in
                if use == Self.use { seen.signal() }
            })
        watch.look()
        #expect(seen.wait(timeout: .now() + 300) == .success)
    }
}
