#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file in which the system tells something, such as those of sysfs.
enum SystemFile {
    enum Failure: Error, Equatable {
        case missing
        case notAllowed
        /// Another `errno`.
        case unreadable(Int32)

        init(code: Int32) {
            self =
                switch code {
                case ENOENT, ENOTDIR, ENODEV: .missing
                case EACCES, EPERM: .notAllowed
                default: .unreadable(code)
                }
        }
    }

    /// The beginning of a file as text, without the line's end: such files hold one short line.
    static func line(of path: String) throws(Failure) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Failure(code: errno) }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = read(file, &bytes, bytes.count)
        guard count >= 0 else { throw Failure(code: errno) }
        return String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    /// Names of what is in a folder, sorted; nothing where it can't be listed.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            names.append(name)
        }
        return names.sorted()
    }
}
