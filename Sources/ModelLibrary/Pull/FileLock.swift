import Foundation
import Transport

/// An advisory lock (`flock`) that ends with the object or the process, whichever ends first. Its file goes with it.
final class FileLock {
    private let path: String
    private let descriptor: Int32

    /// Takes the lock if nobody holds it; nil if somebody does.
    ///
    /// - Throws: `FileError`.
    init?(path: String) throws {
        guard let descriptor = try Self.lock(path) else { return nil }
        self.path = path
        self.descriptor = descriptor
        // For people who wait: who holds it.
        _ = ftruncate(descriptor, 0)
        let holder = Array("\(getpid())\n".utf8)
        _ = pwrite(descriptor, holder, holder.count, 0)
    }

    deinit {
        // The file of somebody else, who came after this one was deleted, stays.
        if FileIdentity(of: path) == FileIdentity(of: descriptor) { unlink(path) }
        close(descriptor)
    }

    private static func lock(_ path: String) throws -> Int32? {
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
            guard descriptor >= 0 else { throw FileError("open", path) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let code = errno
                close(descriptor)
                if code == EWOULDBLOCK { return nil }
                throw FileError("lock", path, code: code)
            }
            // Between the two steps the one who held it may have removed the file: a lock on what nobody finds is none.
            if FileIdentity(of: path) == FileIdentity(of: descriptor) { return descriptor }
            close(descriptor)
        }
    }

    /// Whether somebody holds a lock. Makes no file.
    static func isHeld(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }

    /// The process that took the lock last.
    static func holder(of path: String) -> Int32? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return Int32(String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }
}
