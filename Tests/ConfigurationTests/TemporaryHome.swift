import Configuration
import Foundation

/// A home folder for one test, with files as a user would have written them.
final class TemporaryHome {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "diptych-home-\(UUID().uuidString)")

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    var directories: Directories {
        get throws { try Directories(environment: Environment(["HOME": folder.path(percentEncoded: false)])) }
    }

    /// Writes a file below the configuration directory.
    func configure(_ name: String, _ text: String) throws {
        let file = URL(filePath: try directories.configuration).appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
}
