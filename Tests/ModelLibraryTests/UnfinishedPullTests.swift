import EngineTestSupport
import Foundation
import Reports
import Testing
import Transport
import TransportTestSupport

@testable import ModelLibrary

/// Pulls that were interrupted, of models that aren't the catalog's.
@Suite struct UnfinishedPullTests {
    private var fixture: LibraryFixture
    private static let models = "data/diptych/models"
    private static let model = TinyModel().writer().bytes

    init() throws {
        fixture = try LibraryFixture()
    }

    /// All that is in the models' folder and below it, folders aside.
    private var left: [String] {
        let names = FileManager.default.enumerator(atPath: fixture.folder.file(Self.models))
        return (names?.compactMap { $0 as? String } ?? []).filter {
            !FolderWalk.isFolder(fixture.folder.file("\(Self.models)/\($0)"))
        }.sorted()
    }

    /// A server that falls silent after 5000 bytes.
    private static func stalling() throws -> ScriptedServer {
        try ScriptedServer { request, _ in
            var reply = ScriptedServer.Reply.file(model, for: request, entityTag: "\"v1\"")
            if request.headers["range"] == nil { (reply.cutAfter, reply.stalls) = (5000, true) }
            return reply
        }
    }

    @Test(arguments: [
        ("/some/g2.gguf", nil, ""), ("/some/g2.gguf?token=secret", nil, "?…"),
        ("/some/other.gguf", "g2", " --name g2.gguf"),
    ])
    func aPullFromAnAddressIsARow(_ path: String, _ name: String?, _ addition: String) async throws {
        let library = try fixture.library(sources: [LibraryFixture.hub])
        let server = try Self.stalling()
        let file = try WebFile(url: server.address + path, name: name)
        let target = try await library.target(of: file)
        try await InterruptedPull.run(until: 5000, in: fixture.folder.file("\(Self.models)/web/g2.gguf.part")) {
            _ = try await library.pull(target) { _ in }
        }
        #expect(left == ["web/g2.gguf.origin.json", "web/g2.gguf.part", "web/g2.gguf.part.json"])
        let row = try library.row("g2")
        #expect(row.availability == .partial(bytes: 5000))
        let command = "diptych models pull --from \(server.address)\(path.prefix { $0 != "?" })\(addition)"
        #expect(row.obstacle == "its pull was interrupted: '\(command)' goes on with it")
        let error = #expect(throws: ModelLibraryError.self) { try library.resolve("g2") }
        #expect(error?.description.contains(command) == true)
        // It takes what was here, and goes on.
        #expect(try library.remove("g2") > 5000)
        #expect(left == [])
        #expect(throws: ModelLibraryError.self) { try library.remove("g2") }
    }

    @Test func aNameWithASpaceIsOneWordOfTheCommand() throws {
        let library = try fixture.library(sources: [LibraryFixture.hub])
        let file = try WebFile(url: "https://models.example/g2.gguf", name: "my model")
        let path = "\(Self.models)/web/my model.gguf"
        try fixture.folder.write([1], to: "\(path).part")
        try file.origin().write(to: fixture.folder.file("\(path).origin.json"))
        #expect(try library.row("my model").obstacle?.contains("/g2.gguf --name \"my model.gguf\"' goes on") == true)
    }

    @Test func theHashThatWasAskedForIsPartOfTheCommand() async throws {
        let library = try fixture.library(sources: [LibraryFixture.hub])
        let server = try Self.stalling()
        let digest = try LibraryFixture.digest(of: Self.model)
        let target = try await library.target(of: WebFile(url: server.address + "/g2.gguf", sha256: digest))
        try await InterruptedPull.run(until: 5000, in: fixture.folder.file("\(Self.models)/web/g2.gguf.part")) {
            _ = try await library.pull(target) { _ in }
        }
        #expect(try library.row("g2").obstacle?.contains("/g2.gguf --sha256 \(digest)' goes on") == true)
    }

    @Test mutating func aPullFromTheHubIsARowThatGoesOn() async throws {
        let (second, files) = ("Q8_0/tiny-Q8_0-00002-of-00003.gguf", HubModelPullTests.files)
        let bytes = try #require(files[second])
        let stalled = try FakeHub(
            files: files,
            storageAnswer: { request, _ in
                guard request.path.contains("00002-of") else { return nil }
                var reply = ScriptedServer.Reply.file(bytes, for: request, entityTag: "\"\(second)\"")
                (reply.cutAfter, reply.stalls) = (5000, true)
                return reply
            })
        fixture.environment.variables["HF_ENDPOINT"] = stalled.hub.address
        let before = try fixture.library(sources: [LibraryFixture.hub])
        let id = "hf:makers/Tiny-GGUF:Q8_0"
        let partial = fixture.folder.file("\(HubModelPullTests.folder)/\(second).part")
        try await InterruptedPull.run(until: 5000, in: partial) { _ = try await before.pull(id) { _ in } }
        let first = try #require(files["Q8_0/tiny-Q8_0-00001-of-00003.gguf"])
        let row = try before.row(id)
        #expect(row.availability == .partial(bytes: first.count + 5000))
        #expect(row.obstacle == "its pull was interrupted: 'diptych models pull \(id)' goes on with it")

        let hub = try FakeHub(files: files)
        fixture.environment.variables["HF_ENDPOINT"] = hub.hub.address
        let library = try fixture.library(sources: [LibraryFixture.hub])
        _ = try await library.pull(id) { _ in }
        #expect(try library.row(id).obstacle == nil)
        #expect(try library.remove(id) > first.count + bytes.count)
        #expect(left == [])
    }

    /// Of several parts only the second has begun to arrive: what belongs to all lies beside the first.
    @Test func whatIsLeftOfASplitModelIsRemoved() throws {
        let library = try fixture.library(sources: [LibraryFixture.hub])
        let names = ["web/t-00001-of-00002.gguf.origin.json", "web/.t-00001-of-00002.gguf.lock"]
        for name in names + ["web/t-00002-of-00002.gguf.part", "web/t-00002-of-00002.gguf.part.json"] {
            try fixture.folder.write([1, 2, 3], to: "\(Self.models)/\(name)")
        }
        let obstacle = try library.row("t").obstacle
        #expect(obstacle == "its pull was interrupted, and nothing says where it came from: pull it again")
        #expect(try library.remove("t") == 9)
        #expect(left == [])
    }

    @Test func aCatalogModelIsNoRowOfItsOwn() throws {
        let library = try fixture.library(sources: [LibraryFixture.hub])
        try fixture.folder.write([1], to: "\(Self.models)/\(LibraryFixture.file).part")
        #expect(library.listings(contextLength: 1).map(\.id) == [LibraryFixture.id])
    }

    @Test func aPullThatGoesOnIsNotInterrupted() throws {
        let library = try fixture.library(sources: [LibraryFixture.hub])
        try fixture.folder.write([1], to: "\(Self.models)/web/g2.gguf.part")
        let lock = try #require(try FileLock(path: fixture.folder.file("\(Self.models)/web/.g2.gguf.lock")))
        #expect(try library.row("g2").obstacle == "it is being pulled by process \(getpid())")
        #expect(throws: ModelLibraryError.beingPulled(id: "g2", holder: getpid())) { try library.remove("g2") }
        withExtendedLifetime(lock) {}
    }

    @Test func aLockIsGoneWithItsHolder() throws {
        let path = fixture.folder.file("a.lock")
        var lock = try FileLock(path: path)
        #expect(lock != nil)
        #expect(FileLock.isHeld(path))
        #expect(try FileLock(path: path) == nil)
        // Somebody deletes the file, and somebody else locks a new one: that isn't the first one's to remove.
        try FileManager.default.removeItem(atPath: path)
        let other = try #require(try FileLock(path: path))
        lock = nil
        #expect(FileManager.default.fileExists(atPath: path))
        withExtendedLifetime(other) {}
    }
}
