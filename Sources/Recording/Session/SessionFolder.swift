import Foundation

/// The folder that session files are kept in.
public struct SessionFolder: Sendable {
    /// One session file.
    public struct Entry: Sendable, Equatable {
        /// The file's name without its ending.
        public var name: String
        public var path: String
        public var bytes: Int
        /// Nil where the file can't be read; ``problem`` says why.
        public var header: SessionHeader?
        public var problem: String?
        /// Whether somebody records into it now.
        public var isOpen: Bool
    }

    private static let ending = ".jsonl"
    public let path: String

    public init(path: String) {
        self.path = path
    }

    /// All sessions, oldest first; none where there is no such folder.
    public func entries() -> [Entry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { $0.hasSuffix(Self.ending) && !$0.hasPrefix(".") }.sorted().map(entry)
    }

    /// The file that an argument means: an existing path, or a session's name.
    /// - Throws: ``SessionFileError``.
    public func file(for argument: String) throws(SessionFileError) -> SessionFile {
        let candidates = [argument] + (argument.contains("/") ? [] : [path(of: argument)])
        for candidate in candidates where FileManager.default.fileExists(atPath: candidate) {
            return SessionFile(path: candidate)
        }
        throw SessionFileError(path: argument, code: ENOENT)
    }

    /// The path of a session of this folder.
    /// - Throws: ``SessionFileError`` where there is none of this name.
    public func path(ofExisting name: String) throws(SessionFileError) -> String {
        let path = path(of: name)
        guard !name.contains("/"), FileManager.default.fileExists(atPath: path) else {
            throw SessionFileError(path: name, code: ENOENT)
        }
        return path
    }

    /// Deletes a session's file.
    /// - Returns: its size in bytes.
    /// - Throws: ``SessionFileError`` where there is none of this name, or it is being recorded.
    public func remove(_ name: String) throws(SessionFileError) -> Int {
        let path = try path(ofExisting: name)
        let entry = entry(path.split(separator: "/").last.map(String.init) ?? name)
        guard !entry.isOpen else {
            throw SessionFileError(
                path: path, expected: "a session that has ended", found: "one that is being recorded",
                remedy: "leave the playground that records it first")
        }
        guard unlink(path) == 0 else { throw SessionFileError(path: path, code: errno) }
        return entry.bytes
    }

    private func path(of name: String) -> String {
        path + "/" + (name.hasSuffix(Self.ending) ? name : name + Self.ending)
    }

    private func entry(_ file: String) -> Entry {
        let path = path + "/" + file
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let bytes = (attributes?[.size] as? NSNumber)?.intValue ?? 0
        var entry = Entry(
            name: String(file.dropLast(Self.ending.count)), path: path, bytes: bytes, isOpen: Self.isLocked(path))
        do {
            entry.header = try SessionFile(path: path).header()
        } catch {
            entry.problem = String(describing: error)
        }
        return entry
    }

    private static func isLocked(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        // A shared lock is had where nobody writes; it goes with the descriptor.
        return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
    }
}
