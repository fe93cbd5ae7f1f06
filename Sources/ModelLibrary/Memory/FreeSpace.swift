import Foundation
import Transport

/// How much room a disk has.
public enum FreeSpace {
    /// The bytes that this user may still write on the disk of a folder.
    ///
    /// - Throws: `FileError` if the folder isn't there.
    @Sendable public static func bytes(in directory: String) throws -> Int {
        var status = statvfs()
        guard statvfs(directory, &status) == 0 else { throw FileError("look at the disk of", directory) }
        let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return overflow ? .max : Int(clamping: bytes)
    }
}
