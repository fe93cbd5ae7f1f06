import Foundation

/// Goes through folders that others made, and changes nothing in them: bounded in depth and number, through links but
/// into no loop. What can't be read is noted and passed over.
struct FolderWalk {
    static let depthLimit = 8
    static let entryLimit = 50_000

    /// What was passed over and why, one line each.
    private(set) var notes: [String] = []
    private var entriesLeft = Self.entryLimit
    private var visited: Set<FileIdentity> = []
    private let list: @Sendable (String) throws -> [String]

    /// - Parameter list: the names in a folder; a test gives one that fails.
    init(list: @escaping @Sendable (String) throws -> [String] = FileManager.default.contentsOfDirectory(atPath:)) {
        self.list = list
    }

    mutating func note(_ text: String) {
        // A store with thousands of faults is told of as well by some of them.
        if notes.count < 20 { notes.append(text) }
    }

    /// The names in a folder in order, hidden ones left out; none where it isn't there.
    mutating func names(in folder: String) -> [String] {
        guard Self.isFolder(folder) else { return [] }
        do {
            let names = try list(folder).filter { !$0.hasPrefix(".") }.sorted()
            if names.count > entriesLeft {
                note("\(folder): there is more than is looked through, only \(entriesLeft) of it was")
            }
            let taken = names.prefix(entriesLeft)
            entriesLeft -= taken.count
            return Array(taken)
        } catch {
            note("\(folder): it can't be read; allow it to this user, if its models matter")
            return []
        }
    }

    /// The paths of all that isn't a folder, in order; links that lead nowhere too.
    mutating func files(below folder: String) -> [String] {
        visited = []
        return files(below: folder, depth: 0)
    }

    private mutating func files(below folder: String, depth: Int) -> [String] {
        guard let identity = FileIdentity(of: folder), visited.insert(identity).inserted else { return [] }
        guard depth <= Self.depthLimit else {
            note("\(folder): it lies deeper than \(Self.depthLimit) folders and wasn't looked into")
            return []
        }
        var files: [String] = []
        for name in names(in: folder) {
            let path = "\(folder)/\(name)"
            if Self.isFolder(path) {
                files += self.files(below: path, depth: depth + 1)
            } else {
                files.append(path)
            }
        }
        return files
    }

    static func isFolder(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
    }

    /// The contents of a small file; nil where there is none, or more than a small file has.
    static func contents(of path: String, limit: Int = 1 << 20) -> Data? {
        guard let state = FileState(of: path), state.bytes <= limit else { return nil }
        return FileManager.default.contents(atPath: path)
    }
}
