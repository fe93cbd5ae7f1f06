import Foundation
import Transport

/// An advisory lock (`flock`) that ends with the object or the process, whichever ends first.
final class FileLock {
    private let descriptor: Int32

    /// Takes the lock if nobody holds it; nil if somebody does.
    ///
    /// - Throws: `FileError`.
    init?(path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileError("open", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            // The descriptor is complete already, so `deinit` closes it on these ways out too.
            if errno == EWOULDBLOCK { return nil }
            throw FileError("lock", path)
        }
        // For people who wait: who holds it.
        _ = ftruncate(descriptor, 0)
        let holder = Array("\(getpid())\n".utf8)
        _ = pwrite(descriptor, holder, holder.count, 0)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// The process that took the lock last.
    static func holder(of path: String) -> Int32? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return Int32(String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
