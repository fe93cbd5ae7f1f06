import CNcurses
import Foundation
import Screen
import Synchronization

/// Reads a terminal's bytes and the process's signals, and waits for both.
final class TerminalInput: Sendable {
    private let terminal: Int32
    private let signals: Int32
    /// A pipe whose only use is to end a wait.
    private let wakeReader: Int32
    private let wakeWriter: Int32
    private let decoder = Mutex(InputDecoder())
    /// Whether another program reads the terminal. The lock is held while bytes are read here.
    private let isPaused = Mutex(false)
    private let start = ContinuousClock.now

    init(terminal: Int32, signals: Int32) {
        self.terminal = terminal
        self.signals = signals
        var ends: [Int32] = [-1, -1]
        if pipe(&ends) == 0 {
            for end in ends {
                _ = fcntl(end, F_SETFL, O_NONBLOCK)
                _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            }
        }
        wakeReader = ends[0]
        wakeWriter = ends[1]
    }

    deinit {
        if wakeReader >= 0 { close(wakeReader) }
        if wakeWriter >= 0 { close(wakeWriter) }
    }

    func wake() {
        var byte: UInt8 = 0
        _ = write(wakeWriter, &byte, 1)
    }

    /// Leaves the terminal's bytes to another program. None is read here once this returns.
    func pause() {
        isPaused.withLock { $0 = true }
        wake()
    }

    func resume() {
        isPaused.withLock { $0 = false }
        wake()
    }

    /// Blocks until something happens. Called on one thread only.
    func next(size: () -> Size) -> [TerminalEvent] {
        terminal_accept_signals()
        while true {
            // Negative descriptors are passed over.
            let readable = isPaused.withLock { $0 } ? -1 : terminal
            var polls = [readable, signals, wakeReader].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let count = poll(&polls, UInt(polls.count), timeout())
            if count < 0 {
                guard errno == EINTR else { return [.closed] }
                continue
            }
            var events = decoder.withLock { $0.expire(at: ContinuousClock.now - start) }.map { TerminalEvent.input($0) }
            if polls[1].revents != 0 { events += readSignals(size) }
            if polls[0].revents != 0 { events += readKeys() }
            if polls[2].revents != 0 {
                drain(wakeReader)
                return events
            }
            if !events.isEmpty { return events }
        }
    }

    /// Milliseconds until an open sequence expires, rounded up; -1 waits for ever.
    private func timeout() -> Int32 {
        guard let deadline = decoder.withLock({ $0.deadline }) else { return -1 }
        let left = deadline - (ContinuousClock.now - start)
        let milliseconds = left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
        return Int32(clamping: max(0, milliseconds + 1))
    }

    private func readKeys() -> [TerminalEvent] {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let (count, reason) = isPaused.withLock { isPaused in
            isPaused ? (-1, EAGAIN) : (read(terminal, &buffer, buffer.count), errno)
        }
        if count < 0, reason == EINTR || reason == EAGAIN { return [] }
        guard count > 0 else { return [.closed] }
        let time = ContinuousClock.now - start
        return decoder.withLock { $0.feed(buffer[..<count], at: time) }.map { .input($0) }
    }

    private func readSignals(_ size: () -> Size) -> [TerminalEvent] {
        drain(signals).compactMap { number in
            switch Int32(number) {
            case SIGWINCH: .input(.resize(size()))
            case SIGTSTP: .suspendRequested
            case SIGCONT: .resumed
            default: .terminated(signal: Int32(number))
            }
        }
    }

    @discardableResult
    private func drain(_ descriptor: Int32) -> ArraySlice<UInt8> {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = read(descriptor, &buffer, buffer.count)
        return buffer[..<max(0, count)]
    }
}
