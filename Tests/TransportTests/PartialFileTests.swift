import Foundation
import Testing
import Transport
import TransportTestSupport

@Suite struct PartialFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open(keeping kept: Int) throws -> PartialFile {
        try PartialFile(path: folder.file("f"), keeping: kept, cancellation: Cancellation())
    }

    private func append(_ text: String, to file: PartialFile) throws {
        try Array(text.utf8).withUnsafeBytes { try file.append($0) }
    }

    /// The digest of "abc", from FIPS 180-4.
    private let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test func grows() throws {
        let file = try open(keeping: 0)
        try append("a", to: file)
        try append("bc", to: file)
        #expect(file.length == 3)
        #expect(try file.finishDigest() == abc)
        #expect(folder.bytes(of: "f") == Array("abc".utf8))
    }

    @Test func goesOnBehindWhatIsKeptAndCutsTheRest() throws {
        try folder.write(Array("abXYZ".utf8), to: "f")
        let file = try open(keeping: 2)
        #expect(file.length == 2)
        try append("c", to: file)
        #expect(try file.finishDigest() == abc)
        #expect(folder.bytes(of: "f") == Array("abc".utf8))
    }

    @Test func leavesTheFileAloneUntilItChanges() throws {
        try folder.write(Array("old bytes".utf8), to: "f")
        _ = try open(keeping: 0)
        #expect(folder.bytes(of: "f") == Array("old bytes".utf8))
    }

    @Test func theDigestIsOfTheFileAsItStands() throws {
        try folder.write(Array("abcTAIL".utf8), to: "f")
        #expect(try open(keeping: 3).finishDigest() == abc)
        #expect(folder.bytes(of: "f") == Array("abc".utf8))
    }

    @Test func keepsNoMoreThanThereIs() throws {
        try folder.write(Array("abc".utf8), to: "f")
        let file = try open(keeping: 100)
        #expect(file.length == 3)
        #expect(try file.finishDigest() == abc)
    }

    @Test func emptied() throws {
        try folder.write(Array("old".utf8), to: "f")
        let file = try open(keeping: 3)
        try file.removeAll()
        #expect(file.length == 0)
        #expect(folder.bytes(of: "f") == [])
        try append("abc", to: file)
        #expect(try file.finishDigest() == abc)
    }

    @Test func rereadingReportsAndCanBeCancelled() throws {
        try folder.write(patternedBytes(3 << 20), to: "f")
        let cancellation = Cancellation()
        #expect(throws: CancellationError.self) {
            _ = try PartialFile(path: folder.file("f"), keeping: 3 << 20, cancellation: cancellation) { bytes in
                #expect(bytes == 1 << 20)
                cancellation.cancel()
            }
        }
    }

    @Test func errorsNameThePathAndTheReason() {
        let error = #expect(throws: FileError.self) {
            _ = try PartialFile(path: folder.file("none/f"), keeping: 0, cancellation: Cancellation())
        }
        #expect(error?.description == "cannot open \(folder.file("none/f")): No such file or directory")
    }

    @Test func aFullDiskIsTold() throws {
        // Writing to this device always fails for lack of space.
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let error = FileError("write", "/dev/full", code: ENOSPC)
        #expect(error.isDiskFull)
        #expect(error.description.contains("free some space"))
    }
}
