/// Why a file can't be mapped, or can no longer be trusted.
public struct MappedFileError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Reason: Sendable, Equatable {
        case notFound
        case notReadable
        case directory
        /// A pipe, a socket or a device.
        case notRegularFile
        case empty
        /// The file lost bytes while it was mapped; sizes in bytes.
        case shrunk(from: Int, to: Int)
        /// A page of the mapping could not be read although the file has its size.
        case pageMissing
        case tooManyMappings
        /// Another failure of the operating system, with its number.
        case system(Int32)
    }

    public let path: String
    public let reason: Reason

    public init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }

    /// What was expected of the file.
    var expected: String {
        switch reason {
        case .notFound, .notReadable, .system: "a readable file"
        case .directory, .notRegularFile: "a regular file"
        case .empty: "a file with contents"
        case .shrunk(let size, _): "\(size) bytes, as when it was opened"
        case .pageMissing: "the contents it had when it was opened"
        case .tooManyMappings: "at most \(MappedFile.limit) files open at a time"
        }
    }

    /// What there was instead.
    var found: String {
        switch reason {
        case .notFound: "nothing under this name"
        case .notReadable: "no permission to read it"
        case .directory: "a directory"
        case .notRegularFile: "a pipe, socket or device"
        case .empty: "0 bytes"
        case .shrunk(_, let size): "\(size) bytes"
        case .pageMissing: "a part that can't be read any more"
        case .tooManyMappings: "one more"
        case .system(let number): "system error \(number)"
        }
    }

    /// What to do about it.
    var remedy: String {
        switch reason {
        case .notFound: "check the spelling of the path"
        case .notReadable: "change its permissions (chmod a+r)"
        case .directory: "name a file inside it"
        case .notRegularFile: "name a file on disk"
        case .empty: "pull or copy the file again"
        case .shrunk, .pageMissing: "the file was changed while in use; restore it and load it again"
        case .tooManyMappings: "close some first"
        case .system: "check the disk and the limits on open files and memory (ulimit -a)"
        }
    }

    public var description: String {
        "\(path.visible()): expected \(expected), found \(found); \(remedy)"
    }
}
