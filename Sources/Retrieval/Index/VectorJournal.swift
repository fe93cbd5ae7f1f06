import Foundation
import Transport

/// Vectors that were computed for an index that isn't written yet, so that an interruption loses none of them; and the lock
/// that keeps a second writer away. Belongs to one thread; its file goes when the index is written.
///
/// ```
/// header, 32 bytes: "DPTXJRNL", u32 version, u32 row bytes, digest of the encoder's probe row
/// records: digest of what was embedded, row, u64 checksum (the first 8 bytes of the SHA-256 of both)
/// ```
/// A record that isn't whole ends the journal: it and what follows are cut off.
final class VectorJournal {
    private static let magic = Array("DPTXJRNL".utf8)
    private static let version: UInt32 = 1
    private static let headerBytes = 32

    /// Rows by the digest of what was embedded, as far as they were in the file when it was opened.
    private(set) var rows: [Digest: [UInt8]] = [:]
    private let path: String
    private var descriptor: Int32
    private let rowBytes: Int

    /// Takes the lock, and reads what an interrupted run has left. A journal of another encoder is emptied.
    /// - Parameters:
    ///   - index: the path of the index.
    ///   - probe: the row of the encoder's probe.
    /// - Throws: ``IndexError/locked(path:)``, `FileError`, `DigestError`.
    init(index: String, probe: [UInt8]) throws {
        path = index + ".part"
        rowBytes = probe.count
        guard let descriptor = try Self.lock(path) else { throw IndexError.locked(path: index) }
        self.descriptor = descriptor
        var header = ByteWriter()
        header.bytes = Self.magic
        header.append(Self.version)
        header.append(UInt32(rowBytes))
        header.append(try Digest(of: probe))
        let bytes = try Self.contents(descriptor, path)
        if bytes.starts(with: header.bytes) {
            let end = try read(bytes)
            guard ftruncate(descriptor, off_t(end)) == 0 else { throw FileError("shorten", path) }
        } else {
            guard ftruncate(descriptor, 0) == 0 else { throw FileError("shorten", path) }
            try write(header.bytes)
        }
    }

    deinit {
        unlock()
    }

    /// Lets the lock go; nothing can be kept after that.
    func unlock() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    /// Keeps some vectors: when this returns, they are on the disk.
    func append(_ vectors: [(digest: Digest, row: [UInt8])]) throws {
        var bytes: [UInt8] = []
        for vector in vectors { bytes += try Self.record(vector.digest, vector.row) }
        try write(bytes)
        guard fdatasync(descriptor) == 0 else { throw FileError("write", path) }
    }

    /// Removes the file: what it held is in the index.
    func remove() {
        unlink(path)
    }

    static func record(_ digest: Digest, _ row: [UInt8]) throws -> [UInt8] {
        var writer = ByteWriter()
        writer.append(digest)
        writer.bytes += row
        writer.append(try Digest(of: writer.bytes).high)
        return writer.bytes
    }

    /// Takes in whole records; returns where the last one ends.
    private func read(_ bytes: [UInt8]) throws -> Int {
        let size = 16 + rowBytes + 8
        var start = Self.headerBytes
        while start + size <= bytes.count {
            let record = Array(bytes[start..<start + size])
            func number(_ offset: Int) -> UInt64 {
                record[offset..<offset + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
            }
            guard try Digest(of: Array(record[..<(16 + rowBytes)])).high == number(16 + rowBytes) else { break }
            rows[Digest(high: number(0), low: number(8))] = Array(record[16..<16 + rowBytes])
            start += size
        }
        return start
    }

    private static func contents(_ descriptor: Int32, _ path: String) throws -> [UInt8] {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw FileError("read", path) }
        var bytes = [UInt8](repeating: 0, count: Int(info.st_size))
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeMutableBytes {
                pread(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done, off_t(done))
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError("read", path) }
            if count == 0 { break }
            done += count
        }
        return Array(bytes[..<done])
    }

    private func write(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileError("write", path) }
            rest = rest.dropFirst(count)
        }
    }

    /// Seconds until a lock that somebody holds is believed: a child that another thread is starting has a copy of every
    /// descriptor for a moment.
    private static let patience = 2.0

    /// Opens and locks the file; nil where somebody else has.
    private static func lock(_ path: String) throws -> Int32? {
        let deadline = ContinuousClock.now + .seconds(patience)
        while true {
            let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw FileError("open", path) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let code = errno
                close(descriptor)
                guard code == EWOULDBLOCK else { throw FileError("lock", path, code: code) }
                guard ContinuousClock.now < deadline else { return nil }
                usleep(10_000)
                continue
            }
            // Whoever held it may have removed the file between the two steps: a lock on what nobody finds is none.
            var (opened, named) = (stat(), stat())
            if fstat(descriptor, &opened) == 0, stat(path, &named) == 0, opened.st_ino == named.st_ino,
                opened.st_dev == named.st_dev
            {
                return descriptor
            }
            close(descriptor)
        }
    }
}
