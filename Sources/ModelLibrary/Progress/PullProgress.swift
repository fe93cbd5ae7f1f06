/// How far a pull is.
public struct PullProgress: Sendable, Equatable {
    public enum Phase: Sendable, Equatable {
        /// Another process pulls the same model; nil if it isn't known which.
        case waiting(holder: Int32?)
        case checkingSpace
        /// Bytes are on their way, of the given part (from 1) of `parts`.
        case downloading(source: String, part: Int, parts: Int)
        /// What is on the disk is read again, to compare its SHA-256 or to go on behind it.
        case verifying
        /// The file has its name.
        case done
    }

    public var phase: Phase
    /// Of the file; while verifying, bytes read.
    public var bytes: Int
    public var totalBytes: Int
    /// Smoothed over some seconds; nil until known.
    public var bytesPerSecond: Double?
    /// What a person should be told now, such as why a source was given up; nil for most reports.
    public var notice: String?

    public init(
        phase: Phase, bytes: Int, totalBytes: Int, bytesPerSecond: Double? = nil, notice: String? = nil
    ) {
        self.phase = phase
        self.bytes = bytes
        self.totalBytes = totalBytes
        self.bytesPerSecond = bytesPerSecond
        self.notice = notice
    }

    /// At the present rate; nil until known, or while nothing arrives.
    public var secondsLeft: Double? {
        guard let bytesPerSecond, bytesPerSecond > 1 else { return nil }
        return Double(max(0, totalBytes - bytes)) / bytesPerSecond
    }

    /// From 0 to 1.
    public var fraction: Double {
        totalBytes > 0 ? min(1, max(0, Double(bytes) / Double(totalBytes))) : 0
    }
}
