import EngineTestSupport
import Foundation
import Testing
import Transport

@testable import Retrieval

/// What of a folder is read.
@Suite("Folders")
struct FolderTests {
    private func scan(_ folder: SampleFolder, excluded: [String] = [], limits: IndexingLimits = .init()) throws
        -> FolderScan
    {
        try FolderScan(folder: folder.folder, excluded: excluded, limits: limits, cancellation: Cancellation())
    }

    @Test(
        "patterns of .gitignore",
        arguments: [
            ("*.log", "a/b.log", false, true), ("*.log", "a/b.txt", false, nil), ("/top", "top", true, true),
            ("/top", "a/top", true, nil), ("build/", "build", true, true), ("build/", "build", false, nil),
            ("build/", "a/build", true, true), ("a/b", "a/b", false, true), ("a/b", "x/a/b", false, nil),
            ("a/**/z", "a/z", false, true), ("a/**/z", "a/b/c/z", false, true), ("**/x", "q/x", false, true),
            ("doc/**", "doc/a/b", false, true), ("doc/**", "doc", true, nil), ("[a-c]?", "bz", false, true),
            ("[!a-c]?", "bz", false, nil), ("\\!x", "!x", false, true), ("# c", "# c", false, nil),
            ("*\n!keep", "keep", false, false), ("a*b*c", "aXbbYc", false, true), ("a*b*c", "aXbbY", false, nil),
            ("x ", "x", false, true), ("[", "[", false, true), ("*.part", ".part", false, true),
        ] as [(String, String, Bool, Bool?)])
    func patterns(rules: String, path: String, isFolder: Bool, expected: Bool?) {
        #expect(IgnoreRules(rules).ignores(path, isFolder: isFolder) == expected)
    }

    @Test("hidden files, links, binaries by name, and what is ignored are left out")
    func scanning() throws {
        let folder = try SampleFolder([
            "a.md": "x", ".hidden": "x", ".git/config": "x", "image.png": "x", "build/out.txt": "x", "keep/b.txt": "x",
            "keep/.gitignore": "*.tmp\n", "keep/c.tmp": "x", ".gitignore": "build/\n*.log\n", "d.log": "x",
            "e.out": "x",
            "empty.txt": "",
        ])
        let files = FileManager.default
        try files.createSymbolicLink(atPath: "\(folder.folder)/loop", withDestinationPath: folder.folder)
        try files.createSymbolicLink(atPath: "\(folder.folder)/link.md", withDestinationPath: "a.md")
        #expect(mkfifo("\(folder.folder)/pipe.txt", 0o600) == 0)
        let found = try scan(folder, excluded: ["*.out"])
        #expect(found.entries.map(\.path) == ["a.md", "keep/b.txt"])
        #expect(found.skipped.isEmpty)
    }

    @Test("what is too large is named, with the limit")
    func limits() throws {
        let folder = try SampleFolder(["a.txt": "12345", "b.json": "12345", "c.pdf": "12345"])
        var limits = IndexingLimits()
        (limits.textBytes, limits.dataBytes, limits.pdfBytes) = (5, 4, 3)
        let found = try scan(folder, limits: limits)
        #expect(found.entries.map(\.path) == ["a.txt"])
        #expect(
            found.skipped == [
                SkippedFile("b.json", .tooLarge(bytes: 5, limit: 4)),
                SkippedFile("c.pdf", .tooLarge(bytes: 5, limit: 3)),
            ])
    }

    @Test("a folder that isn't there is an error")
    func missing() throws {
        #expect(throws: FileError.self) {
            _ = try FolderScan(folder: "/nonexistent", limits: .init(), cancellation: Cancellation())
        }
    }

    @Test("text is told from what isn't")
    func text() {
        #expect(FileContents.text(of: Array("grün".utf8)) == "grün")
        #expect(FileContents.text(of: [0xEF, 0xBB, 0xBF, 0x61]) == "a")
        #expect(FileContents.text(of: [0x67, 0x72, 0xFC, 0x6E]) == "grün")
        #expect(FileContents.text(of: [0xFF, 0xFE, 0x61, 0, 0xFC, 0]) == "aü")
        #expect(FileContents.text(of: [0xFE, 0xFF, 0, 0x61]) == "a")
        #expect(FileContents.text(of: [0x61, 0, 0x62]) == nil)
        #expect(FileContents.text(of: [1, 2, 3, 0xFF]) == nil)
    }
}
