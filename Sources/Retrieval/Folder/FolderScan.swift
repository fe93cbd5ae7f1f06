import Foundation
import Transport

/// What a folder holds that can be indexed, found without reading it. Links are passed over: what they lead to is indexed
/// where it lies, so there are no loops and nothing is found twice.
struct FolderScan: Sendable {
    /// A file to read.
    struct Entry: Sendable, Equatable {
        /// From the folder, with slashes.
        var path: String
        var kind: FileKind
        var bytes: Int
        /// Nanoseconds since 1970.
        var modified: Int
    }

    /// In the order of their paths' bytes.
    private(set) var entries: [Entry] = []
    private(set) var skipped: [SkippedFile] = []
    private let limits: IndexingLimits

    /// How deep folders may nest.
    private static let depthLimit = 64

    /// - Parameter excluded: what is left out, as if a `.gitignore` of the folder said so.
    /// - Throws: `FileError` if the folder can't be read, `CancellationError`.
    init(folder: String, excluded: [String] = [], limits: IndexingLimits, cancellation: Cancellation) throws {
        self.limits = limits
        guard let names = Self.names(in: folder) else { throw FileError("read", folder) }
        let rules = excluded.isEmpty ? [] : [(prefix: "", rules: IgnoreRules(excluded.joined(separator: "\n")))]
        try walk(folder, names, prefix: "", rules: rules, depth: 0, cancellation)
        entries.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private mutating func walk(
        _ folder: String, _ names: [String], prefix: String, rules: [(prefix: String, rules: IgnoreRules)], depth: Int,
        _ cancellation: Cancellation
    ) throws {
        try cancellation.check()
        var rules = rules
        if names.contains(".gitignore"), let own = Self.ignoreRules("\(folder)/.gitignore") {
            rules.append((prefix, own))
        }
        for name in names where !name.hasPrefix(".") {
            let (full, path) = ("\(folder)/\(name)", prefix + name)
            var info = stat()
            guard lstat(full, &info) == 0 else { continue }
            let isFolder = info.st_mode & S_IFMT == S_IFDIR
            guard !Self.ignores(path, isFolder: isFolder, rules) else { continue }
            if isFolder {
                guard depth < Self.depthLimit else {
                    skipped.append(SkippedFile(path, .tooDeep))
                    continue
                }
                guard let inner = Self.names(in: full) else {
                    skipped.append(SkippedFile(path, .unreadable(errno)))
                    continue
                }
                try walk(full, inner, prefix: path + "/", rules: rules, depth: depth + 1, cancellation)
            } else if info.st_mode & S_IFMT == S_IFREG {
                add(path, name: name, info)
            }
        }
    }

    private mutating func add(_ path: String, name: String, _ info: stat) {
        guard path.utf8.count <= IndexLayout.longestPath else {
            skipped.append(SkippedFile(String(path.prefix(80)) + "…", .tooDeep))
            return
        }
        let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
        guard !FileKind.binaryEndings.contains(ending), info.st_size > 0 else { return }
        let entry = Entry(
            path: path, kind: FileKind(name: name), bytes: Int(info.st_size),
            modified: Int(info.st_mtim.tv_sec) * 1_000_000_000 + Int(info.st_mtim.tv_nsec))
        let isData = FileKind.dataEndings.contains(ending)
        let limit = entry.kind == .pdf ? limits.pdfBytes : isData ? limits.dataBytes : limits.textBytes
        if entry.bytes > limit {
            skipped.append(SkippedFile(path, .tooLarge(bytes: entry.bytes, limit: limit)))
        } else {
            entries.append(entry)
        }
    }

    private static func ignores(
        _ path: String, isFolder: Bool, _ rules: [(prefix: String, rules: IgnoreRules)]
    ) -> Bool {
        // The nearest file that speaks of a path decides.
        for level in rules.reversed() {
            if let decision = level.rules.ignores(String(path.dropFirst(level.prefix.count)), isFolder: isFolder) {
                return decision
            }
        }
        return false
    }

    private static func ignoreRules(_ path: String) -> IgnoreRules? {
        guard let bytes = try? FileContents.read(path, limit: 1 << 20) else { return nil }
        return IgnoreRules(String(decoding: bytes, as: UTF8.self))
    }

    /// Nil, with `errno`, where the folder can't be read. Names that aren't UTF-8 can't be told to anybody and are left out.
    private static func names(in folder: String) -> [String]? {
        guard let stream = opendir(folder) else { return nil }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
            }
            if let name, name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}

/// A file or folder that isn't in the index, and why.
public struct SkippedFile: Sendable, Equatable {
    public enum Reason: Sendable, Equatable {
        /// With the system's number.
        case unreadable(Int32)
        case tooLarge(bytes: Int, limit: Int)
        case tooDeep
        /// `pdftotext` isn't installed.
        case noPDFReader
        /// What `pdftotext` said, or that it took too long.
        case damagedPDF(String)
    }

    /// From the indexed folder.
    public let path: String
    public let reason: Reason

    init(_ path: String, _ reason: Reason) {
        self.path = path
        self.reason = reason
    }

    /// The reason and what helps, in one line without the path.
    public var explanation: String {
        switch reason {
        case .unreadable(let code): "\(String(cString: strerror(code))); allow it to this user, if it matters"
        case .tooLarge(let bytes, let limit): "\(bytes) bytes, more than the \(limit) that are read; divide it"
        case .tooDeep: "folders nest deeper, or names are longer, than is looked into"
        case .noPDFReader: "pdftotext isn't installed; install poppler-utils and index again"
        case .damagedPDF(let message): message
        }
    }
}

/// What one file may cost.
public struct IndexingLimits: Sendable, Equatable {
    /// The largest text file that is read.
    public var textBytes = 8 << 20
    /// The largest file of data, such as JSON.
    public var dataBytes = 64 << 10
    /// The largest PDF.
    public var pdfBytes = 256 << 20
    /// Seconds for the text of one PDF.
    public var pdfSeconds = 60.0
    /// The largest text that a PDF may give.
    public var pdfTextBytes = 32 << 20

    public init() {}
}
