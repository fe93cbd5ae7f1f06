import Foundation
import Synchronization

/// Waits for sockets, on one thread of its own, for all the connections of a server.
///
/// Every wait is for one socket and one thing, has a deadline of its own, and is forgotten before its task goes on, so
/// that a descriptor may be closed, and its number be given to another socket, as soon as nobody waits for it.
final class Poller: Sendable {
    /// What is waited for.
    enum Event: Sendable {
        case readable
        case writable
        /// The other side won't send any more, or is gone. Bytes that are there are left there.
        case closed

        fileprivate var mask: Int16 {
            switch self {
            case .readable: Int16(POLLIN)
            case .writable: Int16(POLLOUT)
            case .closed: Self.readingHalfClosed
            }
        }

        #if os(Linux)
            // POLLRDHUP, which the C library shows only to GNU sources.
            private static let readingHalfClosed: Int16 = 0x2000
        #else
            private static let readingHalfClosed = Int16(POLLHUP)
        #endif
    }

    /// A deadline went by.
    struct TimedOut: Error {}

    private struct Wait {
        var descriptor: Int32
        var mask: Int16
        var deadline: ContinuousClock.Instant?
        var isIdle: Bool
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var waits: [UInt64: Wait] = [:]
        var next: UInt64 = 0
        /// Nobody begins anything any more.
        var isDraining = false
        var isStopped = false

        mutating func remove(where isChosen: (Wait) -> Bool) -> [Wait] {
            let chosen = waits.filter { isChosen($0.value) }
            for id in chosen.keys { waits[id] = nil }
            return Array(chosen.values)
        }
    }

    private let state = Mutex(State())
    private let wakeReader: Int32
    private let wakeWriter: Int32

    /// - Throws: ``ServerError`` if the system has no descriptor left.
    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ServerError.system("make a pipe", code: errno) }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (wakeReader, wakeWriter) = (ends[0], ends[1])
    }

    /// Begins to watch. Every poller that was started has to be stopped.
    func start() {
        let thread = Thread { self.run() }
        thread.name = "server sockets"
        thread.start()
    }

    /// Ends the thread; whoever waits still gets a `CancellationError`.
    func stop() {
        state.withLock { $0.isStopped = true }
        wake()
    }

    /// Ends the waits for something new to begin, now and from now on, with a `CancellationError`.
    func drain() {
        let ended = state.withLock { state in
            state.isDraining = true
            return state.remove { $0.isIdle }
        }
        wake()
        for wait in ended { wait.continuation.resume(throwing: CancellationError()) }
    }

    /// Suspends until something happens to a socket.
    /// - Parameter isIdle: what is waited for would begin something new.
    /// - Throws: ``TimedOut``; `CancellationError`.
    func wait(
        for event: Event, on descriptor: Int32, until deadline: ContinuousClock.Instant? = nil, isIdle: Bool = false
    ) async throws {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let wait = Wait(
                    descriptor: descriptor, mask: event.mask, deadline: deadline, isIdle: isIdle,
                    continuation: continuation)
                let isAccepted = state.withLock { state in
                    guard !state.isStopped, !(isIdle && state.isDraining) else { return false }
                    state.waits[id] = wait
                    return true
                }
                guard isAccepted else { return continuation.resume(throwing: CancellationError()) }
                // The handler may have run before there was anything to cancel.
                if Task.isCancelled { end(id, throwing: CancellationError()) }
                wake()
            }
        } onCancel: {
            end(id, throwing: CancellationError())
        }
    }

    private func end(_ id: UInt64, throwing error: any Error) {
        guard let wait = state.withLock({ $0.waits.removeValue(forKey: id) }) else { return }
        // As long as the thread looks at a socket, the system doesn't close it.
        wake()
        wait.continuation.resume(throwing: error)
    }

    private func wake() {
        var byte: UInt8 = 1
        // A full pipe wakes as well.
        _ = write(wakeWriter, &byte, 1)
    }
}

// MARK: On the poller's thread

extension Poller {
    private func run() {
        var drained = [UInt8](repeating: 0, count: 256)
        while true {
            let (waits, isStopped) = state.withLock { ($0.waits.map { ($0.key, $0.value) }, $0.isStopped) }
            if isStopped { return finish() }
            var polled = [pollfd(fd: wakeReader, events: Int16(POLLIN), revents: 0)]
            polled += waits.map { pollfd(fd: $1.descriptor, events: $1.mask, revents: 0) }
            let first = waits.compactMap(\.1.deadline).min()
            if poll(&polled, nfds_t(polled.count), first.map(Self.milliseconds) ?? -1) > 0 {
                if polled[0].revents != 0 { while read(wakeReader, &drained, drained.count) > 0 {} }
                for (wait, result) in zip(waits, polled.dropFirst()) where result.revents != 0 {
                    state.withLock { $0.waits.removeValue(forKey: wait.0) }?.continuation.resume()
                }
            }
            let now = ContinuousClock.now
            let late = state.withLock { $0.remove { $0.deadline.map { $0 <= now } ?? false } }
            for wait in late { wait.continuation.resume(throwing: TimedOut()) }
        }
    }

    private func finish() {
        let left = state.withLock { $0.remove { _ in true } }
        for wait in left { wait.continuation.resume(throwing: CancellationError()) }
        close(wakeReader)
        close(wakeWriter)
    }

    /// How long to wait for a deadline, rounded up.
    private static func milliseconds(until deadline: ContinuousClock.Instant) -> Int32 {
        Int32(max(0, min(60_000, ((deadline - .now) / .milliseconds(1)).rounded(.up))))
    }
}
