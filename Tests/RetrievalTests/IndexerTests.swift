import Foundation
import Testing
import Transport

@testable import Retrieval

/// Indexes that grow with their folder.
@Suite("Indexing")
struct IndexerTests {
    @Test("what hasn't changed isn't embedded again, and what is gone leaves")
    func incremental() async throws {
        let folder = try SampleFolder()
        let first = try await folder.build()
        #expect(first.added == 3 && first.embedded == first.passages && first.passages >= 3)

        let idle = ScriptedEncoder()
        let before = try FileManager.default.attributesOfItem(atPath: folder.index)[.systemFileNumber] as? Int
        let second = try await folder.build(idle)
        // Nothing changed, so the file is the same one.
        #expect(try FileManager.default.attributesOfItem(atPath: folder.index)[.systemFileNumber] as? Int == before)
        #expect(idle.texts.isEmpty)
        #expect(second.added == 0 && second.changed == 0 && second.removed == 0 && second.embedded == 0)

        try folder.write("Trains ride on rails.", as: "notes/trains.txt")
        try folder.write("Ships sail the sky.", as: "notes/ships.txt")
        try folder.remove("guide.md")
        let busy = ScriptedEncoder()
        let third = try await folder.build(busy)
        #expect(third.added == 1 && third.changed == 1 && third.removed == 1)
        #expect(busy.texts.count == 2 && third.files == 3)
        let found = try await folder.searcher().search("sky trains oven", count: 9).hits.map(\.path)
        #expect(Set(found) == ["notes/trains.txt", "notes/ships.txt", "code/Parser.swift"])
    }

    @Test("an index that went through changes is the one that a fresh run makes")
    func sameAsFresh() async throws {
        let folder = try SampleFolder()
        try await folder.build()
        try folder.write("Another file.", as: "another.txt")
        try folder.write("# Guide\n\nNew words.", as: "guide.md")
        try await folder.build()
        func contents() throws -> [String] {
            let index = try IndexFile(path: folder.index)
            return (0..<index.passageCount).map { index.text(ofPassage: $0) } + [Array(index.rows).description]
        }
        let grown = try contents()
        try FileManager.default.removeItem(atPath: folder.index)
        try await folder.build()
        #expect(try contents() == grown)
    }

    @Test("a touched file is read but not embedded; one that is younger than its index is read again")
    func times() async throws {
        let folder = try SampleFolder(["a.txt": "one two"])
        try await folder.build()
        try folder.write("one two", as: "a.txt", age: 60)
        let encoder = ScriptedEncoder()
        let summary = try await folder.build(encoder)
        #expect(encoder.texts.isEmpty && summary.changed == 0)
        // Written in the moment in which it was indexed, and changed in the same one to a text of the same length.
        // The moment lies ahead, so that it isn't over before a busy machine comes to index it.
        try folder.write("new one", as: "a.txt", age: -3600)
        let time = try #require(
            FileManager.default.attributesOfItem(atPath: "\(folder.folder)/a.txt")[.modificationDate] as? Date)
        try await folder.build()
        try folder.write("new two", as: "a.txt")
        try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: "\(folder.folder)/a.txt")
        #expect(try await folder.build().changed == 1)
    }

    @Test("an interruption loses no vector that was computed")
    func resume() async throws {
        let files = Dictionary(uniqueKeysWithValues: (0..<200).map { ("f\($0).txt", "text number \($0)") })
        let folder = try SampleFolder(files)
        await #expect(throws: ScriptedEncoder.Failure.self) { try await folder.build(ScriptedEncoder(failing: 130)) }
        #expect(!FileManager.default.fileExists(atPath: folder.index))
        let encoder = ScriptedEncoder()
        let summary = try await folder.build(encoder)
        #expect(summary.recovered == 128 && summary.embedded == 72 && encoder.texts.count == 72)
        #expect(summary.passages == 200)
        #expect(!FileManager.default.fileExists(atPath: folder.index + ".part"))
    }

    @Test("what a writer that was killed has left of a new index doesn't matter")
    func staging() async throws {
        let folder = try SampleFolder()
        try await folder.build()
        let whole = try Data(contentsOf: URL(filePath: folder.index))
        for length in [0, 1, 64, whole.count / 2, whole.count] {
            try whole[..<length].write(to: URL(filePath: folder.index + ".new"))
            // The old one stays readable meanwhile.
            _ = try IndexFile(path: folder.index)
            try await folder.build()
            #expect(!FileManager.default.fileExists(atPath: folder.index + ".new"))
            try IndexFile(path: folder.index).checkSections()
        }
    }

    @Test("a damaged index is made anew and the reason told; a file that is no index stays")
    func damage() async throws {
        let folder = try SampleFolder()
        let first = try await folder.build()
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.index)))
        bytes[bytes.count - 1] ^= 1
        try Data(bytes).write(to: URL(filePath: folder.index))
        let summary = try await folder.build()
        #expect(summary.startedAnew?.contains("lengths") == true)
        #expect(summary.embedded == first.embedded)
        try Data("my notes".utf8).write(to: URL(filePath: folder.index))
        await #expect(throws: IndexError.notAnIndex(path: folder.index)) { try await folder.build() }
        #expect(try String(contentsOfFile: folder.index, encoding: .utf8) == "my notes")
    }

    @Test("another encoder begins anew, and is refused in a search")
    func otherEncoder() async throws {
        let folder = try SampleFolder()
        try await folder.build()
        await #expect(
            throws: IndexError.otherEncoder(path: folder.index, made: "scripted", given: "the encoder given")
        ) {
            _ = try await folder.searcher(ScriptedEncoder(seed: 2))
        }
        let summary = try await folder.build(ScriptedEncoder(seed: 2))
        #expect(summary.startedAnew != nil && summary.embedded == summary.passages)
        _ = try await folder.searcher(ScriptedEncoder(seed: 2))
    }

    @Test("a second run at the same time is refused")
    func lock() async throws {
        let folder = try SampleFolder()
        let journal = try VectorJournal(index: folder.index, probe: [UInt8](repeating: 0, count: 68))
        await #expect(throws: IndexError.locked(path: folder.index)) { try await folder.build() }
        journal.remove()
    }

    @Test("unreadable files are named, the others indexed")
    func unreadable() async throws {
        let folder = try SampleFolder()
        var limits = IndexingLimits()
        limits.textBytes = 60
        let summary = try await folder.build(limits: limits)
        #expect(summary.files == 1)
        #expect(summary.skipped.map(\.path) == ["code/Parser.swift", "guide.md"])
        #expect(summary.skipped.allSatisfy { $0.explanation.contains("60") })
    }

    @Test("events come in order, and each step tells its whole")
    func events() async throws {
        let folder = try SampleFolder()
        let indexer = FolderIndexer(
            folder: folder.folder, index: folder.index, encoder: ScriptedEncoder(), encoderName: "scripted")
        var events: [IndexingEvent] = []
        for try await event in indexer.run() { events.append(event) }
        guard case .finished(let summary)? = events.last else {
            Issue.record("no end: \(events)")
            return
        }
        #expect(events.first == .found(files: 3))
        #expect(events.contains(.reading(done: 3, of: 3)))
        let tokens = summary.embeddedTokens
        #expect(events.contains(.embedding(done: tokens, of: tokens, passages: summary.passages)))
        #expect(events.dropLast().last == .writing)
    }

    @Test("a PDF's text is found by its page")
    func pdf() async throws {
        let folder = try SampleFolder([:])
        try folder.write(
            SamplePDF.text(pages: ["Whales sing. ", "Eagles fly. "].map { String(repeating: $0, count: 30) }),
            as: "animals.pdf")
        try folder.write("%PDF-1.4 nothing", as: "broken.pdf")
        let summary = try await folder.build()
        guard !summary.skipped.contains(where: { $0.reason == .noPDFReader }) else { return }
        #expect(summary.skipped.map(\.path) == ["broken.pdf"])
        let hit = try await folder.searcher().search("eagles", count: 1).hits.first
        #expect(hit?.location == "animals.pdf:p2")
    }
}
