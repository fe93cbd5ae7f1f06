import Foundation

/// An index, mapped. Nothing that stands in the file is trusted: what points outside of it reads as nothing.
final class IndexFile: Sendable {
    struct File: Sendable, Equatable {
        var path: String
        var bytes: Int
        var modified: Int
        var digest: Digest
        var kind: FileKind
        var passages: Range<Int>
    }

    struct Passage: Sendable, Equatable {
        var file: Int
        var lines: ClosedRange<Int>
        var trail: String
        var digest: Digest
    }

    let description: IndexDescription
    let fileCount: Int
    let passageCount: Int
    let termCount: Int
    /// Terms of a passage on average.
    let averageLength: Double
    private let sections: IndexSections

    var path: String { sections.path }

    /// - Throws: ``IndexError``
    init(path: String) throws {
        sections = try IndexSections(path: path)
        let text = sections[.description]
        guard text.count <= IndexLayout.longestDescription,
            let description = try? JSONDecoder().decode(IndexDescription.self, from: Data(text)),
            (1...65536).contains(description.dimensions), description.probe.count == description.dimensions
        else {
            throw IndexError.damaged(path: path, expected: "a description in JSON", found: "something else")
        }
        self.description = description
        fileCount = try sections.count(.files, of: IndexLayout.fileBytes)
        passageCount = try sections.count(.passages, of: IndexLayout.passageBytes)
        termCount = try sections.count(.termEntries, of: IndexLayout.termEntryBytes)
        let (lengths, rows) = (sections[.lengths], sections[.rows])
        let rowBytes = (description.dimensions + 31) / 32 * 34
        guard lengths.count == 4 * passageCount, rows.count == passageCount * rowBytes else {
            throw IndexError.damaged(
                path: path, expected: "a vector and a length for each of \(passageCount) passages",
                found: "\(rows.count) and \(lengths.count) bytes")
        }
        var total = 0.0
        for passage in 0..<passageCount { total += Double(lengths.number(at: 4 * passage) as UInt32) }
        averageLength = passageCount > 0 ? max(1, total / Double(passageCount)) : 1
    }

    /// Of all that is searched and shown, not of the times at which files were changed.
    var fingerprint: String {
        let searched: [IndexLayout.Section] = [.passages, .strings, .texts, .rows, .lists]
        return searched.map { String(sections.checksum(of: $0), radix: 16) }.joined(separator: "-")
    }

    /// Makes sure that every section is as it was written.
    func checkSections() throws { try sections.check() }

    /// Makes sure that the file wasn't cut short while it was read.
    func checkIntact() throws { try sections.checkIntact() }

    // MARK: - Records

    func file(_ index: Int) -> File? {
        let record = index * IndexLayout.fileBytes
        guard (0..<fileCount).contains(index) else { return nil }
        let table = sections[.files]
        let (first, count): (UInt32, UInt32) = (table.number(at: record + 40), table.number(at: record + 44))
        guard Int(first) + Int(count) <= passageCount,
            let kind = FileKind(rawValue: table.number(at: record + 48)),
            let path = string(table.number(at: record), table.number(at: record + 4))
        else { return nil }
        return File(
            path: path, bytes: Int(clamping: table.number(at: record + 8) as UInt64),
            modified: Int(table.number(at: record + 16) as Int64), digest: table.digest(at: record + 24), kind: kind,
            passages: Int(first)..<Int(first) + Int(count))
    }

    func passage(_ index: Int) -> Passage? {
        let record = index * IndexLayout.passageBytes
        guard (0..<passageCount).contains(index) else { return nil }
        let table = sections[.passages]
        let (file, first, last): (UInt32, UInt32, UInt32) = (
            table.number(at: record + 12), table.number(at: record + 16), table.number(at: record + 20)
        )
        guard file < fileCount, first <= last,
            let trail = string(table.number(at: record + 24), table.number(at: record + 28))
        else { return nil }
        return Passage(
            file: Int(file), lines: Int(first)...Int(last), trail: trail, digest: table.digest(at: record + 40))
    }

    /// The text of a passage; empty where the record is damaged.
    func text(ofPassage index: Int) -> String {
        guard (0..<passageCount).contains(index) else { return "" }
        let (table, texts) = (sections[.passages], sections[.texts])
        let record = index * IndexLayout.passageBytes
        let (offset, length): (UInt64, UInt32) = (table.number(at: record), table.number(at: record + 8))
        guard offset <= texts.count, Int(length) <= texts.count - Int(offset) else { return "" }
        return String(decoding: texts[Int(offset)..<Int(offset) + Int(length)], as: UTF8.self)
    }

    private func string(_ offset: UInt32, _ length: UInt32) -> String? {
        let strings = sections[.strings]
        guard Int(offset) + Int(length) <= strings.count, length <= 1 << 16 else { return nil }
        return String(decoding: strings[Int(offset)..<Int(offset) + Int(length)], as: UTF8.self)
    }

    // MARK: - What is searched

    /// [passages][row bytes]
    var rows: UnsafeRawBufferPointer { sections[.rows] }

    /// Terms of each passage, little-endian and unaligned.
    var lengths: UnsafeRawBufferPointer { sections[.lengths] }

    /// In which passages a term stands; nil where it stands in none.
    /// - Complexity: O(log terms)
    func postings(of term: [UInt8]) -> PostingList? {
        let (entries, terms, lists) = (sections[.termEntries], sections[.terms], sections[.lists])
        func entry(_ index: Int) -> (term: Range<Int>, list: Range<Int>, passages: Int)? {
            let record = index * IndexLayout.termEntryBytes
            let before = record - IndexLayout.termEntryBytes
            let termStart: UInt32 = index > 0 ? entries.number(at: before) : 0
            let listStart: UInt64 = index > 0 ? entries.number(at: before + 8) : 0
            let (termEnd, listEnd): (UInt32, UInt64) = (entries.number(at: record), entries.number(at: record + 8))
            guard termStart <= termEnd, Int(termEnd) <= terms.count, listStart <= listEnd, listEnd <= lists.count
            else { return nil }
            return (
                Int(termStart)..<Int(termEnd), Int(listStart)..<Int(listEnd),
                Int(entries.number(at: record + 4) as UInt32)
            )
        }
        var (low, high) = (0, termCount)
        while low < high {
            let middle = (low + high) / 2
            guard let found = entry(middle) else { return nil }
            if terms[found.term].lexicographicallyPrecedes(term) { low = middle + 1 } else { high = middle }
        }
        guard low < termCount, let found = entry(low), terms[found.term].elementsEqual(term) else { return nil }
        return PostingList(
            bytes: UnsafeRawBufferPointer(rebasing: lists[found.list]), passages: min(found.passages, passageCount))
    }
}
