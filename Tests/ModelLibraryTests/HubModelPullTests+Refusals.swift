import Foundation
import Synchronization
import Testing
import Transport
import TransportTestSupport

@testable import ModelLibrary

/// What the Hub, its storage or what is left on the disk can have against a pull.
extension HubModelPullTests {
    @Test(arguments: [patternedBytes(100_000, seed: 7), patternedBytes(99_999), patternedBytes(100_001)])
    mutating func anotherFileThanTheListedOneIsThrownAway(bytes: [UInt8]) async throws {
        let hub = try FakeHub(files: ["tiny-Q4_K_M.gguf": bytes], listed: Self.files)
        let library = try library(hub)
        let error = await #expect(throws: PullError.self) { try await library.pull(Self.name) { _ in } }
        #expect(error?.description.contains("expected") == true)
        #expect(landed() == [])
    }

    @Test mutating func aBusyHubIsAskedAgain() async throws {
        let hub = try FakeHub(files: Self.files, hubAnswer: { _, number in number == 0 ? .init(status: 429) : nil })
        _ = try await pull(try library(hub))
        #expect(hub.hub.requests.count == 3)
    }

    @Test mutating func busyStorageIsAskedAgain() async throws {
        let hub = try FakeHub(files: Self.files, storageAnswer: { _, number in number == 0 ? .init(status: 503) : nil })
        _ = try await pull(try library(hub))
        #expect(log.notices.count == 1)
        #expect(log.notices.first?.hasSuffix(" answered with HTTP status 503; trying again") == true)
    }

    @Test(arguments: ["", "{", "{\"schema\":2,\"fileCount\":0,\"files\":[]}", "[]"])
    mutating func anOriginThatMakesNoSenseIsWrittenAnew(contents: String) async throws {
        let hub = try FakeHub(files: Self.files)
        let library = try library(hub)
        let first = try await pull(library)
        let origin = "\(Self.folder)/tiny-Q4_K_M.gguf.origin.json"
        let bytes = try #require(fixture.folder.bytes(of: origin))
        try fixture.folder.write(Array(contents.utf8), to: origin)
        #expect(try await pull(library) == first)
        #expect(fixture.folder.bytes(of: origin) == bytes)
    }

    @Test mutating func anOriginThatLeadsElsewhereIsNotFollowed() async throws {
        let origin = """
            {"schema":1,"fileCount":1,"files":[{"path":"hf/makers/Tiny-GGUF/../../../x.gguf","bytes":1,"sha256":""}],
            "hub":{"repository":"makers/Tiny-GGUF","revision":"main","quantization":"Q4_K_M","isDefault":true}}
            """
        try fixture.folder.write([1], to: "data/diptych/models/x.gguf")
        try fixture.folder.write(Array(origin.utf8), to: "\(Self.folder)/tiny-Q4_K_M.gguf.origin.json")
        let hub = try FakeHub(files: Self.files)
        #expect(try await library(hub).target(of: Self.name).isHere == false)
    }

    @Test(arguments: [nil, "hf_secret"])
    mutating func gatedFilesSayWhatToDo(token: String?) async throws {
        let hub = try FakeHub(
            files: Self.files,
            hubAnswer: { request, _ in
                request.path.contains("/resolve/") ? .init(status: 403, headers: ["X-Error-Code": "GatedRepo"]) : nil
            })
        let library = try library(hub, token: token)
        let error = await #expect(throws: PullError.self) { try await library.pull(Self.name) { _ in } }
        let text = try #require(error?.description)
        #expect(text.contains("accept the terms on \(hub.hub.address)/makers/Tiny-GGUF"))
        #expect(text.contains(token == nil ? "set HF_TOKEN" : "check that the token"))
        #expect(!text.contains("hf_secret"))
    }

    @Test(arguments: [
        (401, "RepoNotFound", "or a private one"), (404, "", "or a private one"),
        (401, "GatedRepo", "accept the terms"),
        (403, "", "accept the terms"), (404, "RevisionNotFound", "no branch, tag or commit 'main'"),
        (400, "", "answered with an error"),
    ])
    mutating func refusalsOfTheListAreExplained(status: Int, code: String, expected: String) async throws {
        let hub = try FakeHub(
            files: Self.files, hubAnswer: { _, _ in .init(status: status, headers: ["X-Error-Code": code]) })
        let library = try library(hub)
        let error = await #expect(throws: (any Error).self) { try await library.target(of: Self.name) }
        #expect(error.map { "\($0)".contains(expected) } == true, "\(error.map { "\($0)" } ?? "")")
        #expect(landed() == [])
    }

    @Test(arguments: ["<html>no</html>", "{}", "[{\"path\": 3}]", ""])
    mutating func aListThatMakesNoSenseIsRefused(body: String) async throws {
        let hub = try FakeHub(files: Self.files, hubAnswer: { _, _ in .init(body: Array(body.utf8)) })
        let library = try library(hub)
        let error = await #expect(throws: HubError.self) { try await library.target(of: Self.name) }
        #expect(error?.description.contains("HF_ENDPOINT") == true)
    }

    @Test mutating func pathsThatLeadElsewhereAreLeftOut() async throws {
        let hub = try FakeHub(files: [
            "../../x-Q4_K_M.gguf": [1], "/x-Q4_K_M.gguf": [1], "a//x-Q4_K_M.gguf": [1], ".x-Q4_K_M.gguf": [1],
            "a\u{1B}b-Q4_K_M.gguf": [1], "good-Q8_0.gguf": patternedBytes(10),
        ])
        #expect(
            try await library(hub).target(of: Self.name).files.map(\.path) == ["hf/makers/Tiny-GGUF/good-Q8_0.gguf"])
    }

    @Test mutating func theListGoesOnUnderItsOwnAddressOnly() async throws {
        let address = Mutex("")
        let more = try FakeHub.list(["tiny-Q4_K_M.gguf": patternedBytes(10)])
        let hub = try FakeHub(
            files: ["a-Q2_K.gguf": patternedBytes(5)],
            hubAnswer: { request, number in
                if request.path.contains("cursor=2") { return .init(body: more) }
                guard let first = try? FakeHub.list(["a-Q2_K.gguf": patternedBytes(5)]) else { return nil }
                let next = address.withLock { $0 } + "/api/models/makers/Tiny-GGUF/tree/main?recursive=1&cursor=2"
                return .init(headers: ["Link": "<\(next)>; rel=\"next\""], body: first)
            })
        address.withLock { $0 = hub.hub.address }
        let target = try await library(hub, token: "hf_secret").target(of: Self.name)
        #expect(target.files.map(\.path) == ["hf/makers/Tiny-GGUF/tiny-Q4_K_M.gguf"])

        let stranger = try ScriptedServer { _, _ in .init(body: more) }
        address.withLock { $0 = stranger.address }
        let library = try library(hub, token: "hf_secret")
        await #expect(throws: HubError.self) { try await library.target(of: Self.name) }
        #expect(stranger.requests.isEmpty)
    }

    @Test mutating func aTokenIsNotSentInTheClear() async throws {
        fixture.environment.variables["HF_ENDPOINT"] = "http://hub.invalid"
        fixture.environment.variables["HF_TOKEN"] = "hf_secret"
        let library = try fixture.library(sources: [LibraryFixture.hub])
        await #expect(throws: HubError.tokenInTheClear(endpoint: "http://hub.invalid")) {
            try await library.target(of: Self.name)
        }
    }
}
