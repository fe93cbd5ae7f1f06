import Foundation

/// Collects what a child process writes to several pipes at once, so that none of them fills up and stops it.
struct ChildOutput {
    enum End: Equatable {
        /// The child closed all of them.
        case finished
        /// The deadline came first.
        case late
        /// The first pipe brought more than its limit.
        case full
        case cancelled
    }

    let descriptors: [Int32]
    /// Bytes that are kept of each; of all but the first, what comes behind them is dropped.
    let limits: [Int]
    let deadline: ContinuousClock.Instant
    /// What each brought so far.
    private(set) var bytes: [[UInt8]]

    init(descriptors: [Int32], limits: [Int], deadline: ContinuousClock.Instant) {
        self.descriptors = descriptors
        self.limits = limits
        self.deadline = deadline
        bytes = descriptors.map { _ in [] }
    }

    /// Milliseconds after which the caller is asked again.
    private static let pause: Int64 = 100

    /// Blocks until there is nothing more to come.
    mutating func collect(isCancelled: () -> Bool) -> End {
        var open = Array(descriptors.indices)
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while !open.isEmpty {
            let left = (deadline - .now).components
            guard left.seconds >= 0, left.attoseconds >= 0 else { return .late }
            if isCancelled() { return .cancelled }
            var waited = open.map { pollfd(fd: descriptors[$0], events: Int16(POLLIN), revents: 0) }
            let milliseconds = min(left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000, Self.pause)
            guard poll(&waited, nfds_t(waited.count), Int32(milliseconds) + 1) >= 0 || errno == EINTR else {
                return .late
            }
            for (index, entry) in zip(open, waited) where entry.revents != 0 {
                let count = read(entry.fd, &buffer, buffer.count)
                if count > 0 {
                    let room = limits[index] - bytes[index].count
                    bytes[index] += buffer[..<min(count, room)]
                    if index == 0, count > room { return .full }
                } else if count == 0 || errno != EINTR {
                    open.removeAll { $0 == index }
                }
            }
        }
        return .finished
    }
}
