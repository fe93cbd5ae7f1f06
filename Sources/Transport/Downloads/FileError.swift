import Foundation

/// A call to the file system failed.
public struct FileError: Error, Equatable, CustomStringConvertible {
    public let path: String
    /// What was tried, as in "cannot write PATH".
    public let action: String
    /// `errno`.
    public let code: Int32

    public init(_ action: String, _ path: String, code: Int32 = errno) {
        self.action = action
        self.path = path
        self.code = code
    }

    /// There is no room left: trying elsewhere won't help.
    public var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }

    public var description: String {
        let remedy =
            switch code {
            case ENOSPC, EDQUOT: "; free some space, then run the same command again: it goes on where it stopped"
            case EACCES, EPERM, EROFS: "; check who owns the folder and whether it may be written to"
            default: ""
            }
        return "cannot \(action) \(path): \(String(cString: strerror(code)))\(remedy)"
    }
}
