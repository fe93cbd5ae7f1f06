import Foundation

/// What tells that a file is still the one that was read.
struct FileState: Codable, Equatable {
    var bytes: Int
    /// Nanoseconds since 1970.
    var modified: Int
    var inode: Int

    /// Nil where there is no such plain file.
    init?(of path: String) {
        var info = stat()
        guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return nil }
        bytes = Int(info.st_size)
        modified = Int(info.st_mtim.tv_sec) * 1_000_000_000 + Int(info.st_mtim.tv_nsec)
        inode = Int(truncatingIfNeeded: info.st_ino)
    }

    /// Of several files together: all their bytes, the latest time, the first one's inode.
    /// Nil where one of them isn't there, and of none.
    init?(ofAll paths: [String]) {
        let states = paths.map { FileState(of: $0) }
        guard let first = states.first, var all = first else { return nil }
        for state in states.dropFirst() {
            guard let state else { return nil }
            all.bytes += state.bytes
            all.modified = max(all.modified, state.modified)
        }
        self = all
    }
}

/// What two paths to one file have in common.
struct FileIdentity: Hashable {
    let device: Int
    let inode: Int

    /// Of what a path leads to, links followed; nil where it leads nowhere.
    init?(of path: String) {
        var info = stat()
        guard stat(path, &info) == 0 else { return nil }
        self.init(info)
    }

    /// Of an open file.
    init?(of descriptor: Int32) {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { return nil }
        self.init(info)
    }

    private init(_ info: stat) {
        device = Int(truncatingIfNeeded: info.st_dev)
        inode = Int(truncatingIfNeeded: info.st_ino)
    }
}
