import Foundation

@testable import Recording

/// A folder that goes away with its last reference.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/diptych-recording-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file and returns its path.
    func write(_ bytes: Data, as name: String = "session.jsonl") throws -> String {
        let file = path + "/" + name
        try bytes.write(to: URL(filePath: file))
        return file
    }

    /// Writes a session file behind the sample's header.
    func write(_ records: [SessionRecord], as name: String = "session.jsonl") throws -> String {
        try write(bytes(records), as: name)
    }

    func bytes(_ records: [SessionRecord]) throws -> Data {
        let line = SessionLine()
        return try ([.header(Sample.header)] + records).reduce(into: Data()) { $0 += try line.encode($1) }
    }
}
