import Foundation

/// A session can't be recorded, or can't be recorded any further.
public struct RecordingFailure: Error, Equatable, CustomStringConvertible {
    public let path: String
    /// What went wrong, and what helps.
    public let reason: String

    init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// - Parameter code: `errno`.
    init(_ action: String, path: String, code: Int32) {
        let remedy =
            switch code {
            case ENOSPC, EDQUOT: "; free some space"
            case EACCES, EPERM, EROFS: "; check who owns the folder and whether it may be written to"
            default: ""
            }
        self.init(path: path, reason: "cannot \(action): \(String(cString: strerror(code)))\(remedy)")
    }

    public var description: String {
        "\(path): expected to record the session, found: \(reason); what follows is not recorded"
    }
}
