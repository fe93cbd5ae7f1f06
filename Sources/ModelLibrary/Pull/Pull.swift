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
        do {
            return finished(try fetched())
        } catch {
            removeTraces()
            throw error
        }
    }

    private func fetched() throws -> PulledModel {
        let missing = target.files.filter { !isHere($0) }
        var digests = noted
        for file in missing { digests[file.path] = nil }
        try write(digests)
        var done = target.bytes - missing.reduce(0) { $0 + $1.bytes }
        for (index, file) in target.files.enumerated() where missing.contains(file) {
            let later = target.bytes - done - file.bytes
            digests[file.path] = try FilePull(
                pull: self, file: file, number: index + 1, bytesBefore: done, bytesAfter: later
            ).run()
            try write(digests)
            done += file.bytes
        }
        return model(digests)
    }

    /// Where nothing of the model has arrived, or nothing that may be kept, nothing stays beside it either.
    private func removeTraces() {
        let files = target.files.map { ModelFiles(directory: directory, file: $0) }
        guard files.allSatisfy({ ModelFiles.size(of: $0.whole) == nil && $0.partialBytes == 0 }) else { return }
        for file in files { _ = try? file.remove() }
    }

    /// Notes what is here, for a model that isn't the catalog's.
    private func write(_ digests: [String: String]) throws {
        guard var origin = target.origin else { return }
        origin.files = target.files.compactMap { file in
            digests[file.path].map { .init(path: file.path, bytes: file.bytes, sha256: $0) }
        }
        try origin.write(to: first.origin)
    }

    /// The SHA-256 of those of the model's files that were verified, under their paths.
    private var noted: [String: String] {
        let files = ModelOrigin.read(from: first.origin)?.files ?? []
        return Dictionary(files.map { ($0.path, $0.sha256) }, uniquingKeysWith: { first, _ in first })
    }

    /// The model, if all of it is here.
    private func found() -> PulledModel? {
        target.files.allSatisfy(isHere) ? model(noted) : nil
    }

    /// Whether a file is here, and isn't another version's of the same size.
    private func isHere(_ file: PulledFile) -> Bool {
        guard ModelFiles(directory: directory, file: file).isWhole else { return false }
        guard target.origin != nil else { return true }
        return noted[file.path].map { $0 == file.sha256 ?? $0 } ?? false
    }

    private func model(_ digests: [String: String]) -> PulledModel {
        PulledModel(
            name: target.name,
            files: target.files.map { file in
                .init(
                    path: "\(directory)/\(file.path)", bytes: file.bytes, sha256: digests[file.path] ?? file.sha256)
            })
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
