import Foundation
import Transport

/// Writes an index file: beside the old one, which stays until the new one is on the disk.
struct IndexWriter {
    private let path: String
    private let descriptor: Int32
    private var position = 0
    private var table: [(section: IndexLayout.Section, offset: Int, length: Int, checksum: UInt64)] = []

    /// Writes `contents` under the name `path`. Blocks; the caller holds the index's lock.
    /// - Throws: `FileError`, ``IndexError/tooLarge(path:what:)``, `DigestError`, `CancellationError`.
    static func write(_ contents: IndexContents, to path: String, cancellation: Cancellation) throws {
        let staging = staging(of: path)
        let descriptor = open(staging, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError("open", staging) }
        do {
            defer { close(descriptor) }
            var writer = IndexWriter(path: staging, descriptor: descriptor)
            try writer.write(contents, cancellation)
            guard fsync(descriptor) == 0 else { throw FileError("write", staging) }
        } catch {
            unlink(staging)
            throw error
        }
        guard rename(staging, path) == 0 else { throw FileError("rename", staging) }
        synchronizeFolder(of: path)
    }

    private static func staging(of path: String) -> String { path + ".new" }

    /// Removes what a writer that was killed has left; the caller holds the index's lock.
    static func removeLeftovers(of path: String) {
        unlink(staging(of: path))
    }

    private init(path: String, descriptor: Int32) {
        (self.path, self.descriptor) = (path, descriptor)
    }

    private mutating func write(_ contents: IndexContents, _ cancellation: Cancellation) throws {
        let tables = try IndexTables(contents, path: path)
        try cancellation.check()
        let postings = Postings(
            of: contents.files.lazy.flatMap { file in
                file.passages.lazy.map { [file.path, $0.chunk.trail, $0.chunk.text] }
            }, breaker: WordBreaker(stems: contents.description.stems))
        guard postings.terms.count <= UInt32.max else { throw IndexError.tooLarge(path: path, what: "its vocabulary") }
        try cancellation.check()

        position = IndexLayout.headerBytes + IndexLayout.tableEntryBytes * IndexLayout.Section.allCases.count
        try append(.description, Array(JSONEncoder().encode(contents.description)))
        try append(.files, tables.files)
        try append(.passages, tables.passages)
        try append(.strings, tables.strings)
        try append(.texts, tables.texts)
        try append(.rows, contents.rows)
        try append(.terms, postings.terms)
        var entries = ByteWriter()
        for entry in postings.entries {
            entries.append(UInt32(entry.termEnd))
            entries.append(UInt32(entry.passages))
            entries.append(UInt64(entry.listEnd))
        }
        try append(.termEntries, entries.bytes)
        try append(.lists, postings.lists)
        var lengths = ByteWriter()
        for length in postings.lengths { lengths.append(length) }
        try append(.lengths, lengths.bytes)
        try writeHeader()
    }

    private mutating func append(_ section: IndexLayout.Section, _ bytes: [UInt8]) throws {
        position = (position + IndexLayout.alignment - 1) / IndexLayout.alignment * IndexLayout.alignment
        table.append((section, position, bytes.count, try Digest(of: bytes).high))
        try write(bytes, at: position)
        position += bytes.count
    }

    private func writeHeader() throws {
        var entries = ByteWriter()
        for entry in table {
            entries.append(entry.section.rawValue)
            entries.append(UInt32(0))
            entries.append(UInt64(entry.offset))
            entries.append(UInt64(entry.length))
            entries.append(entry.checksum)
        }
        var header = ByteWriter()
        header.bytes = IndexLayout.magic
        header.append(IndexLayout.version)
        header.append(UInt32(table.count))
        header.append(UInt64(position))
        header.append(try Digest(of: entries.bytes).high)
        header.bytes += [UInt8](repeating: 0, count: IndexLayout.headerBytes - header.bytes.count)
        try write(header.bytes + entries.bytes, at: 0)
        // The last section may be empty, and begin behind the last byte written.
        guard ftruncate(descriptor, off_t(position)) == 0 else { throw FileError("write", path) }
    }

    private func write(_ bytes: [UInt8], at offset: Int) throws {
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                pwrite(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done, off_t(offset + done))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw FileError("write", path) }
            done += count
        }
    }

    /// Returns when a name is on the disk; where folders can't be synchronized, sooner.
    static func synchronizeFolder(of path: String) {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        close(descriptor)
    }
}

/// Numbers as bytes, the lowest first.
struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(_ digest: Digest) {
        append(digest.high)
        append(digest.low)
    }
}

/// The records of files and passages, and what they point to.
private struct IndexTables {
    private(set) var files: [UInt8] = []
    private(set) var passages: [UInt8] = []
    private(set) var strings: [UInt8] = []
    private(set) var texts: [UInt8] = []

    init(_ contents: IndexContents, path: String) throws {
        var (files, passages) = (ByteWriter(), ByteWriter())
        var trails: [String: UInt32] = [:]
        var count = 0
        for (number, file) in contents.files.enumerated() {
            files.append(UInt32(strings.count))
            files.append(UInt32(file.path.utf8.count))
            strings += file.path.utf8
            files.append(UInt64(file.bytes))
            files.append(Int64(file.modified))
            files.append(file.digest)
            files.append(UInt32(count))
            files.append(UInt32(file.passages.count))
            files.append(UInt64(file.kind.rawValue))
            files.append(UInt64(0))
            for passage in file.passages {
                passages.append(UInt64(texts.count))
                passages.append(UInt32(passage.chunk.text.utf8.count))
                texts += passage.chunk.text.utf8
                passages.append(UInt32(number))
                passages.append(UInt32(clamping: passage.chunk.lines.lowerBound))
                passages.append(UInt32(clamping: passage.chunk.lines.upperBound))
                let trail = passage.chunk.trail
                let offset = trails[trail] ?? UInt32(strings.count)
                if trails.updateValue(offset, forKey: trail) == nil { strings += trail.utf8 }
                passages.append(offset)
                passages.append(UInt32(trail.utf8.count))
                passages.append(UInt64(0))
                passages.append(passage.digest)
                count += 1
            }
            guard strings.count < Int(Int32.max), count < Int(Int32.max) else {
                throw IndexError.tooLarge(path: path, what: "the number of files and passages")
            }
        }
        (self.files, self.passages) = (files.bytes, passages.bytes)
    }
}
