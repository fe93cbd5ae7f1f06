import Foundation
import Testing

@testable import Retrieval

/// The file that an index is.
@Suite("Index files")
struct IndexFileTests {
    private func read(_ index: IndexFile) -> [String] {
        (0..<index.passageCount).map { passage in
            let record = index.passage(passage)
            let file = record.flatMap { index.file($0.file) }
            return
                "\(file?.path ?? "?"):\(record?.lines ?? 0...0) \(record?.trail ?? "?")\n\(index.text(ofPassage: passage))"
        }
    }

    @Test("what was written is read")
    func roundTrip() async throws {
        let folder = try SampleFolder()
        let summary = try await folder.build()
        let index = try IndexFile(path: folder.index)
        try index.checkSections()
        #expect(index.fileCount == 3 && summary.files == 3)
        #expect(index.passageCount == summary.passages)
        #expect((0..<3).compactMap { index.file($0)?.path } == ["code/Parser.swift", "guide.md", "notes/ships.txt"])
        #expect(index.file(1)?.kind == .markdown)
        #expect(index.description.folder == folder.folder)
        let texts = read(index)
        #expect(
            texts.first
                == "code/Parser.swift:1...4 \n/// Reads tokens.\nstruct Parser {\n    func parseTokens() -> Int { 1 }\n}"
        )
        #expect(texts.last?.hasPrefix("notes/ships.txt:1...3 \nShips sail") == true)
        #expect(index.file(3) == nil && index.passage(-1) == nil && index.text(ofPassage: 99).isEmpty)
    }

    @Test("a file that ends anywhere before its end is refused, never crashed on")
    func truncation() async throws {
        let folder = try SampleFolder()
        try await folder.build()
        let whole = [UInt8](try Data(contentsOf: URL(filePath: folder.index)))
        let path = "\(folder.temporary.path)/cut.index"
        for length in 0..<whole.count {
            try Data(whole[..<length]).write(to: URL(filePath: path))
            #expect(throws: IndexError.self) { _ = try IndexFile(path: path) }
        }
        try Data(whole).write(to: URL(filePath: path))
        _ = try IndexFile(path: path)
    }

    @Test("bytes that are anything are searched without a crash, and noticed before they are taken over")
    func hostileBytes() async throws {
        let folder = try SampleFolder()
        try await folder.build()
        let whole = [UInt8](try Data(contentsOf: URL(filePath: folder.index)))
        let path = "\(folder.temporary.path)/hostile.index"
        var noticed = 0
        for position in whole.indices {
            var bytes = whole
            bytes[position] ^= position % 2 == 0 ? 0xFF : 0x80
            try Data(bytes).write(to: URL(filePath: path))
            guard let index = try? IndexFile(path: path) else {
                noticed += 1
                continue
            }
            _ = read(index)
            for query in ["ships", "bread oven", "parseTokens"] { _ = KeywordSearch().best(5, of: index, query: query) }
            do { try index.checkSections() } catch { noticed += 1 }
        }
        // Only the zeros between sections and in the header may differ.
        let padding = 64 * 12 + 32
        #expect(noticed >= whole.count - padding)
    }

    @Test("records that point anywhere, under a table that is right")
    func hostileRecords() async throws {
        let folder = try SampleFolder()
        try await folder.build()
        let encoder = ScriptedEncoder()
        let whole = [UInt8](try Data(contentsOf: URL(filePath: folder.index)))
        let path = "\(folder.temporary.path)/hostile.index"
        var state: UInt64 = 5
        for _ in 0..<200 {
            var bytes = whole
            for _ in 0..<8 {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let position = 384 + Int(state >> 33) % (bytes.count - 384)
                bytes[position] = UInt8(truncatingIfNeeded: state >> 20)
            }
            try Data(bytes).write(to: URL(filePath: path))
            guard
                let searcher = try? await Searcher(index: path, encoder: encoder, runtime: .init(threads: 1))
            else { continue }
            for mode in SearchMode.allCases { _ = try await searcher.search("ships and bread", count: 3, mode: mode) }
        }
    }

    @Test("what isn't an index is called so", arguments: ["", "x", "DPTXJRNL and more", "# A text\n"])
    func foreign(text: String) throws {
        let folder = try SampleFolder([:])
        try Data(text.utf8).write(to: URL(filePath: folder.index))
        #expect(throws: IndexError.notAnIndex(path: folder.index)) { _ = try IndexFile(path: folder.index) }
        #expect(throws: IndexError.missing(path: folder.index + "x")) { _ = try IndexFile(path: folder.index + "x") }
    }

    @Test("another version is refused by its number")
    func version() async throws {
        let folder = try SampleFolder()
        try await folder.build()
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.index)))
        bytes[8] = 9
        try Data(bytes).write(to: URL(filePath: folder.index))
        #expect(throws: IndexError.otherVersion(path: folder.index, found: 9)) { _ = try IndexFile(path: folder.index) }
    }
}
