import EngineTestSupport
import Foundation
import InferenceCore
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct MappedFileTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func reason(_ path: String) -> MappedFileError.Reason? {
        do throws(MappedFileError) {
            _ = try MappedFile(path: path)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func contentsAreThoseOfTheFile() throws {
        let path = try folder.write(Array("hello".utf8), as: "file")
        let file = try MappedFile(path: path)
        #expect(file.path == path)
        #expect(file.byteCount == 5)
        #expect(Array(file.bytes) == Array("hello".utf8))
        #expect(!file.isDamaged)
        try file.checkIntact()
    }

    @Test func bytesInMemoryStandInForAFile() throws {
        let file = MappedFile(copying: [1, 2, 3], path: "memory")
        #expect(Array(file.bytes) == [1, 2, 3])
        #expect(!file.isDamaged)
        try file.checkIntact()
        #expect(MappedFile(copying: [], path: "nothing").byteCount == 0)
    }

    @Test func emptyFile() throws {
        let path = try folder.write([], as: "empty")
        #expect(reason(path) == .empty)
        let error = try #require(throws: GGUFError.self) { try GGUFFile(path: path) }
        #expect(error.kind == .unreadable)
        #expect(
            error.description
                == "\(path): file: expected a file with contents, found 0 bytes; pull or copy the file again")
    }

    @Test func missingFile() {
        #expect(reason("\(folder.path)/absent") == .notFound)
        #expect(reason("\(folder.path)/\(String(repeating: "x", count: 5000))") == .notFound)
        #expect(reason("") == .notFound)
    }

    @Test func directoryAndDevice() {
        #expect(reason(folder.path) == .directory)
        #expect(reason("/dev/null") == .notRegularFile)
    }

    @Test func pipeDoesNotHang() throws {
        let path = "\(folder.path)/pipe"
        try #require(mkfifo(path, 0o600) == 0)
        #expect(reason(path) == .notRegularFile)
    }

    @Test(.enabled(if: geteuid() != 0, "root may read everything"))
    func unreadableFile() throws {
        let path = try folder.write([1], as: "secret")
        try #require(chmod(path, 0) == 0)
        #expect(reason(path) == .notReadable)
    }

    @Test func fileThatShrinksDamagesItsOwnMappingOnly() throws {
        let pages = [UInt8](repeating: 7, count: 1 << 20)
        let path = try folder.write(pages, as: "shrinks")
        let shrinking = try MappedFile(path: path)
        let other = try MappedFile(path: try folder.write(pages, as: "stays"))
        try #require(truncate(path, 65_536) == 0)

        #expect(shrinking.bytes[65_535] == 7)
        #expect(!shrinking.isDamaged)
        #expect(shrinking.bytes[900_000] == 0)
        #expect(shrinking.isDamaged)
        // Before the page that was touched first, and the last one.
        #expect(shrinking.bytes[70_000] == 0)
        #expect(shrinking.bytes[pages.count - 1] == 0)
        #expect(shrinking.bytes[0] == 7)
        let error = try #require(throws: MappedFileError.self) { try shrinking.checkIntact() }
        #expect(error.reason == .shrunk(from: 1 << 20, to: 65_536))
        #expect(
            error.description
                == "\(path): expected 1048576 bytes, as when it was opened, found 65536 bytes; "
                + "the file was changed while in use; restore it and load it again")

        #expect(other.bytes[900_000] == 7)
        #expect(!other.isDamaged)
        try other.checkIntact()
    }

    @Test func fileThatGrowsBackStaysDamaged() throws {
        let path = try folder.write([UInt8](repeating: 7, count: 1 << 16), as: "returns")
        let file = try MappedFile(path: path)
        try #require(truncate(path, 0) == 0)
        #expect(file.bytes[40_000] == 0)
        try #require(truncate(path, 1 << 16) == 0)
        let error = try #require(throws: MappedFileError.self) { try file.checkIntact() }
        #expect(error.reason == .pageMissing)
    }

    @Test func shrinkingIsNoticedBeforeAPageIsMissed() throws {
        let path = try folder.write([UInt8](repeating: 7, count: 5000), as: "shorter")
        let file = try MappedFile(path: path)
        try #require(truncate(path, 4999) == 0)
        #expect(!file.isDamaged)
        #expect(throws: MappedFileError.self) { try file.checkIntact() }
    }

    @Test func modelFileThatShrinksWhileReadIsAnError() throws {
        let path = try folder.write(TinyModel().writer().bytes, as: "model.gguf")
        let mapping = try MappedFile(path: path)
        try #require(truncate(path, 100) == 0)
        let error = try #require(throws: GGUFError.self) { try GGUFFile(mapping: mapping) }
        #expect(error.kind == .unreadable)
        #expect(GGUFFile.inspect(mapping).error == error)
        // Strings that are found late, in a file that has gone by then.
        let path2 = try folder.write(TinyModel().writer().bytes, as: "model2.gguf")
        let file = try GGUFFile(path: path2)
        try #require(truncate(path2, 0) == 0)
        let tokens = try file.metadata.strings("tokenizer.ggml.tokens")
        #expect(tokens.count == TinyModel().vocabularySize)
        #expect(throws: MappedFileError.self) { try file.checkIntact() }
        for token in tokens { _ = token.text }
    }

    @Test func manyMappingsComeAndGo() throws {
        let path = try folder.write([1, 2, 3], as: "often")
        // More than can be guarded at a time: each gives its place back.
        for _ in 0..<MappedFile.limit + 10 {
            let file = try MappedFile(path: path)
            #expect(file.bytes[1] == 2)
        }
    }

    @Test func anotherBusErrorStillEndsTheProcess() async {
        await #expect(processExitsWith: .signal(SIGBUS)) {
            signal(SIGBUS, SIG_DFL)
            let (guarded, unguarded) = try MappedFileTests.guardedAndUnguarded()
            #expect(guarded.bytes[0] == 1)
            #expect(unguarded.load(as: UInt8.self) == 0)
        }
    }

    @Test func earlierHandlerIsCalledForOtherBusErrors() async {
        await #expect(processExitsWith: .exitCode(42)) {
            signal(SIGBUS) { _ in _exit(42) }
            let (_, unguarded) = try MappedFileTests.guardedAndUnguarded()
            #expect(unguarded.load(as: UInt8.self) == 0)
        }
    }

    @Test func laterHandlerIsOvertakenByTheNextMapping() async {
        await #expect(processExitsWith: .exitCode(7)) {
            let (first, _) = try MappedFileTests.guardedAndUnguarded()
            signal(SIGBUS) { _ in _exit(42) }
            let (second, _) = try MappedFileTests.guardedAndUnguarded()
            try #require(truncate(first.path, 0) == 0)
            guard first.bytes[0] == 0, first.isDamaged, !second.isDamaged else { _exit(1) }
            _exit(7)
        }
    }

    /// A guarded mapping, and the address of a page that its file doesn't have.
    private static func guardedAndUnguarded() throws -> (MappedFile, UnsafeMutableRawPointer) {
        let path = NSTemporaryDirectory() + UUID().uuidString
        try Data(repeating: 1, count: 4096).write(to: URL(filePath: path))
        let guarded = try MappedFile(path: path)
        let missing = path + "-missing"
        try Data(repeating: 1, count: 4096).write(to: URL(filePath: missing))
        let descriptor = open(missing, O_RDONLY)
        let memory = try #require(mmap(nil, 4096, PROT_READ, MAP_SHARED, descriptor, 0))
        try #require(truncate(missing, 0) == 0)
        unlink(missing)
        return (guarded, memory)
    }
}
