import Foundation
import Reports
import Transport

/// The paths that belong to one file that is pulled.
struct ModelFiles: Sendable {
    /// Behind the name of what isn't whole.
    static let partialSuffix = ".part"

    /// The folder that it lands in.
    let directory: String
    let name: String
    let bytes: Int
    /// Nil where nobody says.
    let sha256: String?

    /// - Parameter directory: the models' folder.
    init(directory: String, file: PulledFile) {
        let path = "\(directory)/\(file.path)" as NSString
        self.directory = path.deletingLastPathComponent
        name = path.lastPathComponent
        bytes = file.bytes
        sha256 = file.sha256
    }

    /// - Parameter path: the file's own.
    init(path: String) {
        let place = path as NSString
        (directory, name, bytes, sha256) = (place.deletingLastPathComponent, place.lastPathComponent, 0, nil)
    }

    init(directory: String, entry: CatalogEntry) {
        (self.directory, name, bytes, sha256) = (directory, entry.file, entry.bytes, entry.sha256)
    }

    /// The file itself: it only ever has this name when it is whole and verified.
    var whole: String { "\(directory)/\(name)" }
    /// What has arrived of it.
    var partial: String { whole + Self.partialSuffix }
    /// Where what has arrived came from.
    var journal: String { partial + ".json" }
    /// Where the model came from whose first file this is.
    var origin: String { whole + ModelOrigin.suffix }
    /// Archives that are being fetched.
    var staging: String { "\(directory)/.\(name).staging" }
    /// Held by whoever pulls or removes the model; there as long as that.
    var lock: String { "\(directory)/.\(name).lock" }

    /// Whether the file is there with its right size. Its SHA-256 was compared before it got its name.
    var isWhole: Bool { Self.size(of: whole) == bytes }

    /// The size of the `.part` file; 0 if there is none.
    var partialBytes: Int { Self.size(of: partial) ?? 0 }

    /// What is known of an interrupted pull of this very file.
    func readJournal() -> PullJournal? {
        PullJournal.read(from: journal).flatMap { $0.sha256 == sha256 && $0.canBeTrusted ? $0 : nil }
    }

    /// Bytes of an interrupted pull that need not be fetched again.
    var keptBytes: Int {
        readJournal().map { min($0.kept(ofPartial: partialBytes), bytes) } ?? 0
    }

    /// Deletes the file and whatever an interrupted pull left of it.
    ///
    /// - Returns: the bytes that are free again.
    /// - Throws: `FileError`.
    func remove() throws -> Int {
        var freed = 0
        for path in [whole, partial, journal, origin] {
            let size = Self.size(of: path) ?? 0
            guard unlink(path) == 0 || errno == ENOENT else { throw FileError("remove", path) }
            freed += size
        }
        freed += Self.totalSize(below: staging)
        try? FileManager.default.removeItem(atPath: staging)
        return freed
    }

    /// The size of a file, or of what a link to it leads to; nil if there is none.
    static func size(of path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// Makes a folder and those above it; one that is there is left alone.
    ///
    /// - Throws: `FileError`.
    static func makeDirectory(_ path: String) throws {
        if mkdir(path, 0o755) == 0 { return }
        var code = errno
        if code == ENOENT, let slash = path.dropFirst().lastIndex(of: "/") {
            try makeDirectory(String(path[..<slash]))
            if mkdir(path, 0o755) == 0 { return }
            code = errno
        }
        var status = stat()
        if code == EEXIST, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
        throw FileError("make the folder", path, code: code == EEXIST ? ENOTDIR : code)
    }

    /// The bytes of all files below a folder.
    static func totalSize(below path: String) -> Int {
        guard let names = FileManager.default.enumerator(atPath: path) else { return 0 }
        return names.reduce(into: 0) { sum, name in
            if let name = name as? String { sum += size(of: "\(path)/\(name)") ?? 0 }
        }
    }
}
