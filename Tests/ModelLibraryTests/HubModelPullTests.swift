import Configuration
import EngineTestSupport
import Foundation
import InferenceCore
import Testing
import Transport
import TransportTestSupport

@testable import ModelLibrary

/// Pulls of `hf:owner/name`.
@Suite struct HubModelPullTests {
    var fixture: LibraryFixture
    let log = ProgressLog()
    static let name = "hf:makers/Tiny-GGUF"
    static let folder = "data/diptych/models/hf/makers/Tiny-GGUF"

    /// Two formats, and one of them in parts that open as a model.
    static let parts: [String: [UInt8]] = {
        let parts = TinyModel().writer().split(into: 3)
        return Dictionary(
            uniqueKeysWithValues: parts.enumerated().map { ("Q8_0/tiny-Q8_0-0000\($0 + 1)-of-00003.gguf", $1.bytes) })
    }()
    static let files = parts.merging(["tiny-Q4_K_M.gguf": patternedBytes(100_000), "README.md": [1]]) { $1 }

    init() throws {
        fixture = try LibraryFixture()
    }

    mutating func library(
        _ hub: FakeHub, token: String? = nil, freeSpace: @escaping @Sendable (String) throws -> Int = { _ in .max }
    ) throws -> ModelLibrary {
        fixture.environment.variables["HF_ENDPOINT"] = hub.hub.address
        fixture.environment.variables["HF_TOKEN"] = token
        return try fixture.library(sources: [LibraryFixture.hub], freeSpace: freeSpace)
    }

    func pull(_ library: ModelLibrary, _ name: String = Self.name) async throws -> PulledModel {
        try await library.pull(try await library.target(of: name), progress: log.add)
    }

    /// The names below the repository's folder.
    func landed(_ folder: String = Self.folder) -> [String] {
        let names = FileManager.default.enumerator(atPath: fixture.folder.file(folder))
        return (names?.compactMap { $0 as? String } ?? []).sorted()
    }

    @Test mutating func theUsualFileArrivesAndTheTokenStaysAtTheHub() async throws {
        let hub = try FakeHub(files: Self.files)
        let library = try library(hub, token: "hf_secret")
        let model = try await pull(library)
        let bytes = try #require(Self.files["tiny-Q4_K_M.gguf"])
        #expect(model.name == "hf:makers/Tiny-GGUF:Q4_K_M")
        #expect(model.path == fixture.folder.file("\(Self.folder)/tiny-Q4_K_M.gguf"))
        #expect(model.files.map(\.sha256) == [try LibraryFixture.digest(of: bytes)])
        #expect(fixture.folder.bytes(of: "\(Self.folder)/tiny-Q4_K_M.gguf") == bytes)
        #expect(landed() == ["tiny-Q4_K_M.gguf", "tiny-Q4_K_M.gguf.origin.json"])

        #expect(hub.hub.requests.count == 2)
        #expect(hub.hub.requests.allSatisfy { $0.headers["authorization"] == "Bearer hf_secret" })
        #expect(hub.storage.requests.count == 1)
        for request in hub.storage.requests {
            #expect(!request.path.contains("hf_secret"))
            #expect(!request.headers.values.contains { $0.contains("hf_secret") })
        }
        #expect(
            log.phases == [
                .checkingSpace, .downloading(source: "Hugging Face", part: 1, parts: 1), .verifying, .done,
            ])
    }

    @Test mutating func whatIsHereNeedsNoNetwork() async throws {
        let hub = try FakeHub(files: Self.files)
        let library = try library(hub)
        let first = try await pull(library)
        let count = hub.received.count
        for name in [
            Self.name, Self.name + ":q4_k_m", Self.name + ":Q4_K_M", Self.name + ":tiny-Q4_K_M.gguf",
            Self.name + ":latest",
        ] {
            let target = try await library.target(of: name)
            #expect(target.isHere)
            #expect(try await library.pull(target, progress: log.add) == first)
        }
        #expect(hub.received.count == count)
        #expect(log.phases.last == .done)
        // Another one does.
        #expect(try await library.target(of: Self.name + ":Q8_0").isHere == false)
        #expect(hub.received.count == count + 1)
    }

    @Test mutating func allPartsArriveAndOpen() async throws {
        let hub = try FakeHub(files: Self.files)
        let model = try await pull(try library(hub), Self.name + ":Q8_0")
        #expect(model.files.count == 3)
        #expect(model.path.hasSuffix("/Q8_0/tiny-Q8_0-00001-of-00003.gguf"))
        let file = try GGUFFile(path: model.path)
        #expect(file.parts.map(\.path) == model.files.map(\.path))
        #expect(file.tensors.count == TinyModel().writer().tensors.count)
        let total = Self.parts.values.reduce(0) { $0 + $1.count }
        #expect(log.reports.last?.bytes == total)
        #expect(log.reports.allSatisfy { $0.totalBytes == total })
        #expect(log.phases.contains(.downloading(source: "Hugging Face", part: 3, parts: 3)))
        let counts = log.reports.filter { $0.phase != .verifying }.map(\.bytes)
        #expect(counts == counts.sorted())
        let origin = try #require(ModelOrigin.read(from: model.path + ModelOrigin.suffix))
        #expect(origin.files.map(\.bytes) == model.files.map(\.bytes))
        #expect(
            origin.hub
                == .init(
                    repository: "makers/Tiny-GGUF", revision: "main", quantization: "Q8_0", isDefault: false))
    }

    @Test mutating func anInterruptedPullGoesOnInItsPart() async throws {
        let second = "Q8_0/tiny-Q8_0-00002-of-00003.gguf"
        let bytes = try #require(Self.parts[second])
        let stalled = try FakeHub(
            files: Self.files,
            storageAnswer: { request, _ in
                guard request.path.contains("00002-of") else { return nil }
                var reply = ScriptedServer.Reply.file(bytes, for: request, entityTag: "\"\(second)\"")
                reply.cutAfter = 5000
                reply.stalls = true
                return reply
            })
        let before = try library(stalled)
        let name = Self.name + ":Q8_0"
        try await InterruptedPull.run(until: 5000, in: fixture.folder.file("\(Self.folder)/\(second).part")) {
            _ = try await before.pull(name) { _ in }
        }
        #expect(landed().contains("\(second).part"))

        let hub = try FakeHub(files: Self.files)
        let model = try await pull(try library(hub), name)
        #expect(hub.storage.requests.map(\.rangeStart) == [5000, nil])
        #expect(!hub.storage.requests.contains { $0.path.contains("00001-of") })
        #expect(try GGUFFile(path: model.path).parts.count == 3)
        #expect(landed().filter { $0.hasSuffix(".part") } == [])
    }

    @Test mutating func partsOfTwoVersionsAreNotMixed() async throws {
        // The first part arrives, then the repository changes: the same sizes, other bytes.
        let second = "Q8_0/tiny-Q8_0-00002-of-00003.gguf"
        let broken = try FakeHub(
            files: Self.files,
            storageAnswer: { request, _ in
                request.path.contains("00002-of") ? .init(status: 404) : nil
            })
        let before = try library(broken)
        await #expect(throws: PullError.self) { try await before.pull(Self.name + ":Q8_0") { _ in } }
        #expect(landed().contains("Q8_0/tiny-Q8_0-00001-of-00003.gguf"))

        let parts = TinyModel(seed: 2).writer().split(into: 3)
        let changed = Dictionary(
            uniqueKeysWithValues: parts.enumerated().map { ("Q8_0/tiny-Q8_0-0000\($0 + 1)-of-00003.gguf", $1.bytes) })
        #expect(changed[second]?.count == Self.parts[second]?.count)
        let hub = try FakeHub(files: changed)
        let model = try await pull(try library(hub), Self.name + ":Q8_0")
        for (index, file) in model.files.enumerated() {
            #expect(FileManager.default.contents(atPath: file.path).map { Array($0) } == parts[index].bytes)
        }
    }

    @Test mutating func aConnectionThatBreaksIsTakenUpAgain() async throws {
        let hub = try FakeHub(
            files: Self.files,
            storageAnswer: { request, number in
                guard number == 0, let bytes = Self.files["tiny-Q4_K_M.gguf"] else { return nil }
                var reply = ScriptedServer.Reply.file(bytes, for: request, entityTag: "\"tiny-Q4_K_M.gguf\"")
                reply.cutAfter = 30_000
                return reply
            })
        _ = try await pull(try library(hub))
        #expect(hub.storage.requests.map(\.rangeStart) == [nil, 30_000])
        #expect(fixture.folder.bytes(of: "\(Self.folder)/tiny-Q4_K_M.gguf") == Self.files["tiny-Q4_K_M.gguf"])
    }

    @Test mutating func aRevisionIsPinned() async throws {
        let hub = try FakeHub(revision: "refs%2Fpr%2F2", files: Self.files)
        let model = try await pull(try library(hub), Self.name + "@refs/pr/2:Q4_K_M")
        #expect(model.name == "hf:makers/Tiny-GGUF@refs/pr/2:Q4_K_M")
        #expect(model.path == fixture.folder.file("\(Self.folder)@refs_pr_2/tiny-Q4_K_M.gguf"))
        #expect(try await library(hub).target(of: Self.name + "@refs/pr/2").isHere)
    }

    @Test mutating func namesAreEncodedInAddresses() async throws {
        let hub = try FakeHub(files: ["a folder/größe #1+2%.gguf": patternedBytes(20)])
        let model = try await pull(try library(hub))
        #expect(
            hub.hub.requests.last?.path
                == "/makers/Tiny-GGUF/resolve/main/a%20folder/gr%C3%B6%C3%9Fe%20%231%2B2%25.gguf")
        #expect(model.path.hasSuffix("/a folder/größe #1+2%.gguf"))
    }

    @Test mutating func roomIsNeededForAllParts() async throws {
        let hub = try FakeHub(files: Self.files)
        let total = Self.parts.values.reduce(0) { $0 + $1.count }
        let library = try library(hub) { _ in total - 1 }
        let directory = fixture.folder.file("\(Self.folder)/Q8_0")
        await #expect(throws: PullError.notEnoughSpace(directory: directory, needed: total, free: total - 1)) {
            try await library.pull(Self.name + ":Q8_0") { _ in }
        }
        #expect(hub.storage.requests.isEmpty)
    }

    @Test mutating func aSecondPullWaitsForTheFirst() async throws {
        let log = log
        let hub = try FakeHub(
            files: Self.files,
            storageAnswer: { _, _ in
                while !log.phases.contains(where: { if case .waiting = $0 { true } else { false } }) { usleep(2000) }
                return nil
            })
        let library = try library(hub)
        let first = Task { try await library.pull(Self.name) { _ in } }
        while hub.storage.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        let second = Task { try await library.pull(Self.name, progress: log.add) }
        #expect(try await first.value == second.value)
        #expect(log.phases == [.waiting(holder: getpid()), .done])
        #expect(hub.storage.requests.count == 1)
    }
}
