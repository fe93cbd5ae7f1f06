import Configuration
import Foundation
import Transport

/// One pull of one model, on a thread of its own: waits for its turn, then fetches file after file.
///
/// A file gets its name in the last step. Until then there are a `.part` file and a journal of what is in it, so an
/// interruption at any point, power cuts included, costs no more than the part that was on its way.
struct Pull {
    let target: PullTarget
    /// The models' folder.
    let directory: String
    let environment: Environment
    let client: HTTPClient
    /// Free bytes on the disk of a folder.
    let freeSpace: (String) throws -> Int
    let reporter: PullReporter
    let cancellation: Cancellation

    private var first: ModelFiles { ModelFiles(directory: directory, file: target.files[0]) }

    /// - Throws: ``PullError``, `FileError`, `CancellationError`.
    func run() throws -> PulledModel {
        if let model = found() { return finished(model) }
        try ModelFiles.makeDirectory(first.directory)
        let lock = try waitForLock()
        defer { withExtendedLifetime(lock) {} }
        // Whoever held the lock may have done the work.
        if let model = found() { return finished(model) }

        let missing = target.files.filter { !isHere($0) }
        try target.origin?.write(to: first.origin)
        var digests: [String: String] = [:]
        var done = target.bytes - missing.reduce(0) { $0 + $1.bytes }
        for (index, file) in target.files.enumerated() where missing.contains(file) {
            let later = missing.drop { $0 != file }.dropFirst().reduce(0) { $0 + $1.bytes }
            digests[file.path] = try FilePull(
                pull: self, file: file, number: index + 1, bytesBefore: done, bytesAfter: later
            ).run()
            done += file.bytes
        }
        return finished(try publishOrigin(digests))
    }

    /// Notes the hashes that nobody could say before.
    private func publishOrigin(_ digests: [String: String]) throws -> PulledModel {
        var files = target.files
        for index in files.indices { files[index].sha256 = digests[files[index].path] ?? files[index].sha256 }
        if var origin = target.origin {
            origin.files = files.map { .init(path: $0.path, bytes: $0.bytes, sha256: $0.sha256) }
            if origin != target.origin { try origin.write(to: first.origin) }
        }
        return model(files)
    }

    /// The model, if all of it is here.
    private func found() -> PulledModel? {
        guard target.files.allSatisfy(isHere) else { return nil }
        let noted = ModelOrigin.read(from: first.origin)?.files ?? []
        return model(
            target.files.map { file in
                var file = file
                file.sha256 = file.sha256 ?? noted.first { $0.path == file.path }?.sha256
                return file
            })
    }

    /// Whether a file is here, and isn't another version's of the same size.
    private func isHere(_ file: PulledFile) -> Bool {
        guard ModelFiles(directory: directory, file: file).isWhole else { return false }
        guard target.origin != nil else { return true }
        let noted = ModelOrigin.read(from: first.origin)?.files.first { $0.path == file.path }
        return noted.map { $0.bytes == file.bytes && ($0.sha256 ?? file.sha256) == (file.sha256 ?? $0.sha256) } ?? false
    }

    private func model(_ files: [PulledFile]) -> PulledModel {
        PulledModel(
            name: target.name,
            files: files.map { .init(path: "\(directory)/\($0.path)", bytes: $0.bytes, sha256: $0.sha256) })
    }

    private func finished(_ model: PulledModel) -> PulledModel {
        reporter.begin(.done, bytes: target.bytes)
        return model
    }

    private func waitForLock() throws -> FileLock {
        while true {
            if let lock = try FileLock(path: first.lock) { return lock }
            reporter.begin(.waiting(holder: FileLock.holder(of: first.lock)), bytes: first.keptBytes)
            try cancellation.sleep(seconds: 0.25)
        }
    }
}
