import Foundation

/// A file that grows as bytes arrive, and whose SHA-256 grows with it.
///
/// Belongs to one thread. The descriptor closes with the object; what was written stays.
public final class PartialFile {
    public let path: String
    /// The bytes in the file, all of them hashed.
    public private(set) var length = 0
    private let descriptor: Int32
    private var hash: SHA256?
    /// Whether nothing comes after the first ``length`` bytes.
    private var isTrimmed = false

    /// Opens the file, or makes it, to go on behind its first `keeping` bytes. Those are read again, because their
    /// hash isn't known; what comes after them is cut off as soon as the file changes.
    ///
    /// - Parameter progress: the bytes read again so far.
    /// - Throws: ``FileError``, `CancellationError`.
    public init(
        path: String, keeping kept: Int, cancellation: Cancellation, progress: (Int) -> Void = { _ in }
    ) throws {
        self.path = path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw FileError("open", path) }
        try rewind()
        try hashKept(kept, cancellation: cancellation, progress: progress)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    public func append(_ bytes: UnsafeRawBufferPointer) throws {
        try trim()
        var rest = bytes
        while !rest.isEmpty {
            let count = write(descriptor, rest.baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError("write", path)
            }
            let written = UnsafeRawBufferPointer(rebasing: rest[..<count])
            try hash?.update(written)
            length += count
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    /// Empties the file.
    public func removeAll() throws {
        try rewind()
        isTrimmed = false
        try trim()
    }

    /// Returns when what was written is on the disk.
    public func synchronize() throws {
        guard fsync(descriptor) == 0 else { throw FileError("write", path) }
    }

    /// The SHA-256 of the whole file; afterwards nothing more can be appended.
    public func finishDigest() throws -> String {
        try trim()
        guard let hash = hash.take() else { throw DigestError() }
        return try hash.finish()
    }

    private func trim() throws {
        if isTrimmed { return }
        guard ftruncate(descriptor, off_t(length)) == 0 else { throw FileError("shorten", path) }
        isTrimmed = true
    }

    private func rewind() throws {
        guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw FileError("read", path) }
        hash = try SHA256()
        length = 0
    }

    private func hashKept(_ kept: Int, cancellation: Cancellation, progress: (Int) -> Void) throws {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while length < kept {
            try cancellation.check()
            let wanted = min(buffer.count, kept - length)
            let count = read(descriptor, &buffer, wanted)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError("read", path) }
            if count == 0 { break }
            try buffer.withUnsafeBytes { try hash?.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            length += count
            progress(length)
        }
    }
}
