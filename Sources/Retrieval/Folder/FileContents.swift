import Foundation
import Transport

/// Reads files that others may be writing, blocking.
enum FileContents {
    /// - Throws: `FileError`, also where there is more than `limit` by now.
    static func read(_ path: String, limit: Int) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
        guard descriptor >= 0 else { throw FileError("open", path) }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw FileError("read", path) }
        guard info.st_mode & S_IFMT == S_IFREG else { throw FileError("read", path, code: EINVAL) }
        guard info.st_size <= limit else { throw FileError("read", path, code: EFBIG) }
        var bytes = [UInt8](repeating: 0, count: Int(info.st_size))
        var count = 0
        while count < bytes.count {
            let read = bytes.withUnsafeMutableBytes {
                Foundation.read(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count)
            }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw FileError("read", path) }
            if read == 0 { break }
            count += read
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// Text as it stands in a file: UTF-8, UTF-16 with a byte order mark, or else one byte a character (ISO 8859-1).
    /// - Returns: nil for what isn't text.
    static func text(of bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return text(of: Array(bytes.dropFirst(3))) }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            let high = bytes[0] == 0xFE ? 0 : 1
            let units = stride(from: 2, to: bytes.count - 1, by: 2).map {
                UInt16(bytes[$0 + high]) << 8 | UInt16(bytes[$0 + 1 - high])
            }
            return String(decoding: units, as: UTF16.self)
        }
        guard !bytes.prefix(8192).contains(0) else { return nil }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        // Other control characters are as good as zeros.
        let controls = bytes.prefix(8192).count { $0 < 32 && ![9, 10, 12, 13, 27, 8].contains($0) }
        guard controls * 50 < min(bytes.count, 8192) else { return nil }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }
}
