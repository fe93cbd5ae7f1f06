import Foundation

/// Reads whole files, with errors that name them.
enum FileBytes {
    static func read(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw failure(path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            bytes += buffer[..<count]
            if count < buffer.count {
                guard ferror(file) == 0 else { throw failure(path) }
                return bytes
            }
        }
    }

    private static func failure(_ path: String) -> CommandFailure {
        CommandFailure(message: "\(path): \(String(cString: strerror(errno)))")
    }
}
