import Chat
import Foundation
import Synchronization
import Testing

@testable import Recording

@Suite struct SessionWriterTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func writer(
        write: SessionWriter.Write? = nil, onFailure: @escaping @Sendable (RecordingFailure) -> Void = { _ in }
    ) throws -> SessionWriter {
        let directory = folder.path + "/state/sessions"
        guard let write else {
            return try SessionWriter(directory: directory, header: Sample.header, onFailure: onFailure)
        }
        return try SessionWriter(directory: directory, header: Sample.header, write: write, onFailure: onFailure)
    }

    private static func records(_ path: String) throws -> [SessionRecord] {
        var records: [SessionRecord] = []
        let summary = try SessionFile(path: path).forEachRecord { record, _ in records.append(record) }
        #expect(summary == SessionFile.Summary(ending: .whole, unknownRecords: 0))
        return records
    }

    @Test func whatIsAppendedIsInTheFileAtOnce() throws {
        let writer = try writer()
        for record in Sample.records { writer.append(record) }
        #expect(try Self.records(writer.path) == [.header(Sample.header)] + Sample.records)
        #expect(writer.isRecording)
    }

    @Test func onlyTheUserCanReadTheFile() throws {
        let writer = try writer()
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(writer.path) == 0o600)
        #expect(try mode(folder.path + "/state/sessions") == 0o700)
    }

    @Test func filesHaveNamesOfTheirOwn() throws {
        let writers = try (0..<20).map { _ in try writer() }
        #expect(Set(writers.map(\.path)).count == 20)
        let name = SessionWriter.name(
            started: Date(timeIntervalSince1970: 1_796_000_000), distinction: 0x1A, timeZone: .gmt)
        #expect(name == "2026-11-30T005320-001a.jsonl")
    }

    @Test func theFileIsLockedUntilTheEnd() throws {
        let writer = try writer()
        let sessions = SessionFolder(path: folder.path + "/state/sessions")
        #expect(sessions.entries().map(\.isOpen) == [true])
        let name = try #require(sessions.entries().first?.name)
        #expect(throws: SessionFileError.self) { try sessions.remove(name) }
        writer.close()
        #expect(sessions.entries().map(\.isOpen) == [false])
        #expect(try sessions.remove(name) > 0)
        #expect(sessions.entries().isEmpty)
    }

    @Test func everyLineIsOneWriteAndPiecesAreContinued() throws {
        let calls = Mutex(0)
        let whole = try writer { descriptor, bytes in
            calls.withLock { $0 += 1 }
            return write(descriptor, bytes.baseAddress, bytes.count)
        }
        for record in Sample.records { whole.append(record) }
        #expect(calls.withLock { $0 } == Sample.records.count + 1)

        // Seven bytes at a time, and interrupted before each.
        let pieces = try writer { descriptor, bytes in
            let isInterrupted = calls.withLock { calls in
                calls += 1
                return calls.isMultiple(of: 2)
            }
            if isInterrupted {
                errno = EINTR
                return -1
            }
            return write(descriptor, bytes.baseAddress, min(7, bytes.count))
        }
        for record in Sample.records { pieces.append(record) }
        #expect(try Self.records(pieces.path) == [.header(Sample.header)] + Sample.records)
    }

    @Test func aFullDiskIsToldOnceAndLeavesWholeLines() throws {
        let room = Mutex(2500)
        let failures = Mutex<[RecordingFailure]>([])
        let writer = try writer { descriptor, bytes in
            let count = room.withLock { room in
                let count = min(room, bytes.count)
                room -= count
                return count
            }
            guard count > 0 else {
                errno = ENOSPC
                return -1
            }
            return write(descriptor, bytes.baseAddress, count)
        } onFailure: { failure in
            failures.withLock { $0.append(failure) }
        }
        for record in Sample.records { writer.append(record) }
        let told = failures.withLock { $0 }
        #expect(told.count == 1)
        #expect(told.first?.description.contains("free some space") == true)
        #expect(!writer.isRecording)
        // Room that comes back doesn't leave a gap in the middle of the session.
        room.withLock { $0 = 100_000 }
        writer.append(Sample.records[0])
        let written = try Self.records(writer.path)
        #expect(written.count > 3)
        #expect(written.dropFirst() == Sample.records.prefix(written.count - 1))
    }

    @Test func withoutRoomForTheHeaderThereIsNoFile() throws {
        #expect(throws: RecordingFailure.self) {
            try writer { _, _ in
                errno = ENOSPC
                return -1
            }
        }
        #expect(SessionFolder(path: folder.path + "/state/sessions").entries().isEmpty)
    }

    @Test func aProcessThatIsKilledLosesNothingThatWasAppended() async throws {
        let directory = folder.path + "/killed"
        await #expect(processExitsWith: .signal(SIGKILL)) { [directory = directory as String] in
            let writer = try SessionWriter(directory: directory, header: Sample.header) { _ in }
            for record in Sample.records { writer.append(record) }
            kill(getpid(), SIGKILL)
        }
        let sessions = SessionFolder(path: directory)
        let entry = try #require(sessions.entries().first)
        #expect(!entry.isOpen)
        #expect(try Self.records(entry.path) == [.header(Sample.header)] + Sample.records)
    }

    @Test func aDirectoryThatCannotBeMadeIsAnError() throws {
        let file = try folder.write(Data(), as: "file")
        #expect(throws: RecordingFailure.self) {
            try SessionWriter(directory: file + "/sessions", header: Sample.header) { _ in }
        }
    }

    @Test func threadsDoNotMixTheirLines() async throws {
        let writer = try writer()
        await withTaskGroup(of: Void.self) { group in
            for run in 0..<8 {
                group.addTask {
                    for index in 0..<200 {
                        let token = ChatToken(id: index, text: String(repeating: "x", count: index), at: .zero)
                        writer.append(.event(run: run, .token(token)))
                    }
                }
            }
        }
        let records = try Self.records(writer.path)
        for run in 0..<8 {
            let ids = records.compactMap { record -> Int? in
                guard case .event(run, .token(let token)) = record else { return nil }
                return token.id
            }
            #expect(ids == Array(0..<200))
        }
    }
}
