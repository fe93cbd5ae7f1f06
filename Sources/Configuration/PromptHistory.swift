import Foundation

/// The prompts that were sent, in a file that outlives the program and that several processes may write at once.
///
/// A JSON object a line, `{"prompt":"…"}`, oldest first. Whoever writes holds the file's lock; a prompt is one write at
/// its end, so a process that dies leaves at worst a torn last line, which readers pass over. When too many have
/// gathered, the newest are written to a file beside it, which then takes its place.
public struct PromptHistory: Sendable {
    /// How many prompts are kept, at least.
    public static let defaultLimit = 10_000
    /// Bytes beyond which old prompts go even where there are fewer.
    public static let byteLimit = 16 << 20

    /// The file's path, links resolved.
    public let path: String
    let limit: Int

    /// - Parameters:
    ///   - path: where the file is or will be, such as ``Directories/historyFile``.
    ///   - limit: how many prompts are kept; at least 1.
    public init(path: String, limit: Int = defaultLimit) {
        self.path = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        self.limit = max(1, limit)
    }

    /// The prompts that are kept, oldest first; none where there is no file. Lines that can't be read are passed over.
    /// - Throws: ``PromptHistoryError``.
    public func load() throws -> [String] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return [] }
            throw failure("readable")
        }
        defer { close(descriptor) }
        return Self.prompts(in: try contents(of: descriptor)).suffix(limit)
    }

    /// Adds a prompt, unless the latest is the same. The file and its directories are made as needed, for the user
    /// alone.
    /// - Throws: ``PromptHistoryError``.
    public func append(_ prompt: String) throws {
        let descriptor = try openLocked()
        // The lock goes with the descriptor.
        defer { close(descriptor) }
        let bytes = try contents(of: descriptor)
        if Self.prompts(in: Self.lastLine(of: bytes)) == [prompt] { return }
        var line = try Self.line(prompt)
        // Another process may have died while it wrote.
        if let last = bytes.last, last != Self.lineFeed { line.insert(Self.lineFeed, at: 0) }
        // A tenth more than is kept gathers, so that most prompts cost one write.
        let count = bytes.count { $0 == Self.lineFeed }
        if count < limit + limit / 10, bytes.count + line.count <= Self.byteLimit {
            try write(line, to: descriptor)
        } else {
            try compact(Self.prompts(in: bytes) + [prompt])
        }
    }

    /// Replaces the file by one with the newest prompts alone. The lock on the old one is held.
    private func compact(_ prompts: [String]) throws {
        var bytes = 0
        var kept: [[UInt8]] = []
        for prompt in prompts.suffix(limit).reversed() {
            let line = try Self.line(prompt)
            bytes += line.count
            // Half of the bytes, or the next prompt would do this again.
            guard kept.isEmpty || bytes <= Self.byteLimit / 2 else { break }
            kept.append(line)
        }
        let temporary = "\(path).\(getpid()).\(UUID().uuidString.prefix(8))"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("a folder to write in") }
        defer { close(descriptor) }
        do {
            try write(Array(kept.reversed().joined()), to: descriptor)
            guard fsync(descriptor) == 0, rename(temporary, path) == 0 else { throw failure("writable") }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// The file, locked, and still the one at the path: another process may have replaced it before the lock was ours.
    private func openLocked() throws -> Int32 {
        let folder = URL(filePath: path).deletingLastPathComponent()
        try? FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        while true {
            let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw failure("writable") }
            var locked = flock(descriptor, LOCK_EX)
            while locked != 0, errno == EINTR { locked = flock(descriptor, LOCK_EX) }
            var ours = stat()
            var current = stat()
            guard locked == 0, fstat(descriptor, &ours) == 0, fchmod(descriptor, 0o600) == 0 else {
                defer { close(descriptor) }
                throw failure("lockable, and of this user")
            }
            if stat(path, &current) == 0, current.st_ino == ours.st_ino, current.st_dev == ours.st_dev {
                return descriptor
            }
            close(descriptor)
        }
    }

    private func contents(of descriptor: Int32) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = pread(descriptor, &buffer, buffer.count, off_t(bytes.count))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("readable") }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }

    private func write(_ bytes: [UInt8], to descriptor: Int32) throws {
        try bytes.withUnsafeBytes { bytes in
            var position = 0
            while position < bytes.count {
                let count = Foundation.write(
                    descriptor, bytes.baseAddress?.advanced(by: position), bytes.count - position)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw failure("writable") }
                position += count
            }
        }
    }

    private func failure(_ expected: String) -> PromptHistoryError {
        PromptHistoryError(path: path, expected: expected, reason: String(cString: strerror(errno)))
    }
}

extension PromptHistory {
    private struct Entry: Codable {
        let prompt: String
    }

    private static let lineFeed = UInt8(ascii: "\n")

    /// The prompts of all lines that can be read.
    private static func prompts(in bytes: some RandomAccessCollection<UInt8>) -> [String] {
        let decoder = JSONDecoder()
        return bytes.split(separator: lineFeed).compactMap { line in
            try? decoder.decode(Entry.self, from: Data(line)).prompt
        }
    }

    private static func lastLine(of bytes: [UInt8]) -> ArraySlice<UInt8> {
        let line = bytes.last == lineFeed ? bytes.dropLast() : bytes[...]
        return line.suffix(from: line.lastIndex(of: lineFeed) ?? 0)
    }

    private static func line(_ prompt: String) throws -> [UInt8] {
        try JSONEncoder().encode(Entry(prompt: prompt)) + [lineFeed]
    }
}

/// Why the history can't be read or written, on one line.
public struct PromptHistoryError: Error, Sendable, Equatable, CustomStringConvertible {
    public let path: String
    public let expected: String
    public let reason: String

    public var description: String {
        "\(path): expected a file that is \(expected), found: \(reason); mend its permissions, or remove it"
    }
}
