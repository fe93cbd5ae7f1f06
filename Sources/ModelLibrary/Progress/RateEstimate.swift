import Foundation

/// A rate that follows the last seconds: each sample's weight falls by 1/e in ``memory`` seconds.
struct RateEstimate {
    private static let memory = 4.0
    /// Samples nearer than this are taken together: a burst out of a buffer says nothing.
    private static let shortest = 0.25

    private var last: (seconds: Double, bytes: Int)?
    private(set) var bytesPerSecond: Double?

    /// - Parameters:
    ///   - bytes: the count so far, which never falls.
    ///   - seconds: the time, from any zero.
    mutating func add(bytes: Int, at seconds: Double) {
        guard let last else {
            self.last = (seconds, bytes)
            return
        }
        guard bytesPerSecond != nil || bytes > last.bytes else {
            // Time spent on asking, before the first byte, says nothing of the time to come.
            self.last = (seconds, bytes)
            return
        }
        let elapsed = seconds - last.seconds
        guard elapsed >= Self.shortest else { return }
        let rate = Double(max(0, bytes - last.bytes)) / elapsed
        let weight = 1 - exp(-elapsed / Self.memory)
        bytesPerSecond = bytesPerSecond.map { $0 + weight * (rate - $0) } ?? rate
        self.last = (seconds, bytes)
    }
}
