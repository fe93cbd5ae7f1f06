import Foundation

/// When a request that a server turned away is made again. Pure: it is told what the time is.
public struct RetryPolicy: Sendable, Equatable {
    /// How often a request is made at most.
    public var attempts: Int
    /// Seconds before the second attempt where the server names none; doubled before each further one.
    public var firstPause: Double
    /// The longest pause, in seconds, that is worth waiting for.
    public var longestPause: Double

    public init(attempts: Int = 4, firstPause: Double = 0.5, longestPause: Double = 30) {
        self.attempts = attempts
        self.firstPause = firstPause
        self.longestPause = longestPause
    }

    /// Seconds to wait before the next attempt; nil if there shouldn't be one. Only "too many requests" and "service
    /// unavailable" promise that another attempt may succeed, and that this one had no effect.
    ///
    /// - Parameters:
    ///   - attempt: the one that was turned away, from 1.
    ///   - retryAfter: the header of that name: seconds, or an HTTP date (RFC 9110, section 10.2.3).
    ///   - jitter: from 0 to 1: spreads clients that were turned away together.
    public func pause(
        after attempt: Int, status: Int, retryAfter: String?, now: Date, jitter: Double
    ) -> Double? {
        guard status == 429 || status == 503, attempt < attempts else { return nil }
        if let asked = retryAfter.flatMap({ Self.seconds($0, now: now) }) {
            return asked <= longestPause ? asked : nil
        }
        let pause = firstPause * Double(1 << min(attempt - 1, 16))
        return min(pause, longestPause) * (0.75 + 0.5 * jitter)
    }

    /// What a `Retry-After` header asks for; nil where it makes no sense.
    public static func seconds(_ header: String, now: Date) -> Double? {
        let text = header.trimmingCharacters(in: .whitespaces)
        if let seconds = Double(text), seconds.isFinite, seconds >= 0 { return seconds }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(identifier: "GMT")
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.date(from: text).map { max(0, $0.timeIntervalSince(now)) }
    }
}
