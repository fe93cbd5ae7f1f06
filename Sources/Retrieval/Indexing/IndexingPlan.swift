import Foundation
import Synchronization
import Transport

/// What a run of the indexer knows: the files as they will be in the index, the vectors that are known, and those that
/// aren't. Holds the index's lock while it lives.
final class IndexingPlan: @unchecked Sendable {
    /// A passage without a vector.
    struct Missing: Sendable {
        var digest: Digest
        var text: String
        var tokens: Int
    }

    private(set) var missing: [Missing] = []
    private let path: String
    private let journal: VectorJournal
    // One step after the other touches these, each on a thread of its own.
    private var contents: IndexContents
    private var rows: [Digest: [UInt8]] = [:]
    private var summary = IndexSummary()
    /// What the index that is there was made with, until a file isn't as it was; nil where there is none to go on with.
    private var unchanged: IndexDescription?

    /// A file that changed so near to when it was read may change again without its time telling, in nanoseconds.
    private static let racyTime = 2_000_000_000

    /// Looks at every file, and reads those that changed. Blocks.
    /// - Throws: ``IndexError``, `FileError`, `DigestError`, `CancellationError`.
    init(
        for indexer: FolderIndexer, description: IndexDescription, probeRow: [UInt8],
        report: (IndexingEvent) -> Void, _ cancellation: Cancellation
    ) throws {
        path = indexer.index
        journal = try VectorJournal(index: path, probe: probeRow)
        IndexWriter.removeLeftovers(of: path)
        contents = IndexContents(description: description, files: [], rows: [])
        let scan = try FolderScan(
            folder: indexer.folder, excluded: indexer.excluded, limits: indexer.limits, cancellation: cancellation)
        summary.skipped = scan.skipped
        report(.found(files: scan.entries.count))

        var known = try earlierFiles(probeRow.count)
        let (chunker, encoder) = (
            Chunker(target: description.chunking.target, tokenCount: indexer.encoder.tokenCount(of:)), indexer.encoder
        )
        let now = Int(Date().timeIntervalSince1970 * 1e9)
        for (done, entry) in scan.entries.enumerated() {
            try cancellation.check()
            if done % 64 == 0 { report(.reading(done: done, of: scan.entries.count)) }
            let earlier = known.removeValue(forKey: entry.path)
            guard let file = try file(entry, earlier, indexer, chunker, now: now, cancellation) else {
                if earlier != nil { summary.removed += 1 }
                continue
            }
            contents.files.append(file)
        }
        report(.reading(done: scan.entries.count, of: scan.entries.count))
        summary.removed += known.count
        if summary.removed > 0 { unchanged = nil }
        try findMissing(encoder)
    }

    /// The files of the index that is there, with their vectors taken in; none where there is no index to go on with.
    private func earlierFiles(_ rowBytes: Int) throws -> [String: IndexContents.File] {
        let index: IndexFile
        do {
            index = try IndexFile(path: path)
            try index.checkSections()
        } catch IndexError.missing {
            return [:]
        } catch let error as IndexError {
            // Something that isn't ours stays where it is.
            if case .notAnIndex = error { throw error }
            summary.startedAnew = error.description
            return [:]
        }
        let (old, new) = (index.description, contents.description)
        guard old.isSameEncoder(new.probe), old.chunking == new.chunking else {
            summary.startedAnew = "\(path): it was made with \(old.encoder), or divided otherwise"
            return [:]
        }
        var files: [String: IndexContents.File] = [:]
        for number in 0..<index.fileCount {
            guard let file = index.file(number) else { continue }
            let passages: [IndexContents.Passage] = file.passages.compactMap { passage in
                guard let record = index.passage(passage) else { return nil }
                let start = passage * rowBytes
                rows[record.digest] = Array(index.rows[start..<start + rowBytes])
                return IndexContents.Passage(
                    chunk: Chunk(lines: record.lines, trail: record.trail, text: index.text(ofPassage: passage)),
                    digest: record.digest)
            }
            // Another folder's vectors are as good, but its files aren't this one's.
            guard passages.count == file.passages.count, old.folder == new.folder else { continue }
            files[file.path] = IndexContents.File(
                path: file.path, bytes: file.bytes, modified: file.modified, digest: file.digest, kind: file.kind,
                passages: passages)
        }
        try index.checkIntact()
        unchanged = old
        return files
    }

    /// A file as it will be in the index; nil where it won't.
    private func file(
        _ entry: FolderScan.Entry, _ earlier: IndexContents.File?, _ indexer: FolderIndexer, _ chunker: Chunker,
        now: Int, _ cancellation: Cancellation
    ) throws -> IndexContents.File? {
        if let earlier, earlier.bytes == entry.bytes, earlier.modified == entry.modified, earlier.modified != 0 {
            return earlier
        }
        let modified = now - entry.modified < Self.racyTime ? 0 : entry.modified
        do {
            switch try SourceText.read(
                entry, in: indexer.folder, known: earlier?.digest, limits: indexer.limits, cancellation: cancellation)
            {
            case .binary:
                summary.binaries += 1
                return nil
            case .unchanged:
                guard var file = earlier else { return nil }
                (file.bytes, file.modified) = (entry.bytes, modified)
                if file != earlier { unchanged = nil }
                return file
            case .text(let text, let digest):
                if earlier == nil { summary.added += 1 } else { summary.changed += 1 }
                unchanged = nil
                let passages = try chunker.chunks(of: text).map { chunk in
                    IndexContents.Passage(chunk: chunk, digest: try Digest(of: chunk.embedded(path: entry.path)))
                }
                return IndexContents.File(
                    path: entry.path, bytes: entry.bytes, modified: modified, digest: digest, kind: entry.kind,
                    passages: passages)
            }
        } catch let error as SourceText.Unreadable {
            summary.skipped.append(SkippedFile(entry.path, error.reason))
            return nil
        }
    }

    private func findMissing(_ encoder: any PassageEncoder) throws {
        var asked: Set<Digest> = []
        for file in contents.files {
            for passage in file.passages where rows[passage.digest] == nil && asked.insert(passage.digest).inserted {
                if let row = journal.rows[passage.digest] {
                    rows[passage.digest] = row
                    summary.recovered += 1
                    continue
                }
                let text = passage.chunk.embedded(path: file.path)
                missing.append(
                    Missing(
                        digest: passage.digest, text: text,
                        tokens: min(encoder.tokenCount(of: text) + 2, encoder.longestText)))
            }
        }
    }

    /// Takes in vectors that were computed, and puts them on the disk.
    func keep(_ made: [(digest: Digest, row: [UInt8])]) throws {
        try journal.append(made)
        for vector in made { rows[vector.digest] = vector.row }
    }

    func embeddingTook(_ duration: Duration, passages: Int, tokens: Int) {
        (summary.embeddingDuration, summary.embedded, summary.embeddedTokens) = (duration, passages, tokens)
    }

    /// Lets the next run begin, whoever still holds this object.
    func unlock() { journal.unlock() }

    /// Writes the index. Blocks.
    func write(_ cancellation: Cancellation) throws -> IndexSummary {
        var description = contents.description
        if let unchanged { description.written = unchanged.written }
        if unchanged != description {
            for file in contents.files {
                for passage in file.passages { contents.rows += rows[passage.digest] ?? [] }
            }
            try IndexWriter.write(contents, to: path, cancellation: cancellation)
        }
        journal.remove()
        summary.files = contents.files.count
        summary.passages = contents.files.reduce(0) { $0 + $1.passages.count }
        var info = stat()
        if stat(path, &info) == 0 { summary.bytes = Int(info.st_size) }
        return summary
    }
}
