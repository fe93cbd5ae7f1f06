/// Turns what a pull does into reports: at most ten a second, and bytes that never fall while a source delivers.
final class PullReporter {
    private static let interval = 0.1

    private let send: @Sendable (PullProgress) -> Void
    private let seconds: () -> Double
    private var progress: PullProgress
    private var rate = RateEstimate()
    private var lastReport = -Double.infinity

    /// - Parameter seconds: a clock with any zero.
    init(
        totalBytes: Int, send: @escaping @Sendable (PullProgress) -> Void,
        seconds: @escaping () -> Double = PullReporter.uptime
    ) {
        self.send = send
        self.seconds = seconds
        progress = PullProgress(phase: .checkingSpace, bytes: 0, totalBytes: totalBytes)
    }

    /// Seconds since the first use in this process.
    static func uptime() -> Double {
        let elapsed = ContinuousClock.now - start
        return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    }

    private static let start = ContinuousClock.now

    /// A phase begins, with so many bytes done.
    func begin(_ phase: PullProgress.Phase, bytes: Int) {
        let continues = progress.phase.isSameTransfer(as: phase)
        progress.phase = phase
        // An archive may weigh more than what is in it. From 0 again: the server began anew.
        progress.bytes = continues && bytes > 0 ? max(progress.bytes, bytes) : bytes
        if !continues {
            rate = RateEstimate()
            progress.bytesPerSecond = nil
        }
        rate.add(bytes: progress.bytes, at: seconds())
        report(force: true)
    }

    /// So many bytes are done.
    func advance(to bytes: Int) {
        progress.bytes = max(progress.bytes, min(bytes, progress.totalBytes))
        rate.add(bytes: progress.bytes, at: seconds())
        progress.bytesPerSecond = rate.bytesPerSecond
        report(force: false)
    }

    func tell(_ notice: String) {
        progress.notice = notice
        report(force: true)
        progress.notice = nil
    }

    private func report(force: Bool) {
        let now = seconds()
        guard force || now - lastReport >= Self.interval else { return }
        lastReport = now
        send(progress)
    }
}

extension PullProgress.Phase {
    /// Whether both are parts of one transfer, so that bytes and rate go on.
    fileprivate func isSameTransfer(as other: Self) -> Bool {
        switch (self, other) {
        case (.downloading(let source, let part, _), .downloading(let otherSource, let otherPart, _)):
            source == otherSource && otherPart >= part
        default: false
        }
    }
}
