import Foundation
import Testing

@testable import Recording

@Suite struct SessionFolderTests {
    @Test func listsWhatIsThereInOrder() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Sample.records, as: "b.jsonl")
        _ = try folder.write(Data("rubbish".utf8), as: "a.jsonl")
        _ = try folder.write(Data(), as: "notes.txt")
        let entries = SessionFolder(path: folder.path).entries()
        #expect(entries.map(\.name) == ["a", "b"])
        #expect(entries.map { $0.header?.version } == [nil, "0.1.0"])
        #expect(entries.map { $0.problem == nil } == [false, true])
        #expect(entries.map(\.isOpen) == [false, false])
        #expect(SessionFolder(path: folder.path + "/none").entries().isEmpty)
    }

    @Test func findsAFileByPathOrName() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Sample.records, as: "b.jsonl")
        let sessions = SessionFolder(path: folder.path)
        for argument in [path, "b", "b.jsonl"] { #expect(try sessions.file(for: argument).path == path) }
        for argument in ["c", "../no session of this name", "/nowhere/b.jsonl"] {
            #expect(throws: SessionFileError.self) { try sessions.file(for: argument) }
        }
    }

    @Test func removesOnlyItsOwn() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Sample.records, as: "b.jsonl")
        let sessions = SessionFolder(path: folder.path + "/inner")
        for name in ["../b", path, "", ".."] {
            #expect(throws: SessionFileError.self) { try sessions.remove(name) }
        }
        #expect(try SessionFolder(path: folder.path).remove("b") > 1000)
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
