import Configuration
import EngineTestSupport
import Foundation
import InferenceCore
import Testing
import Transport
import TransportTestSupport

@testable import ModelLibrary

/// Pulls from any address.
@Suite struct WebPullTests {
    private let fixture: LibraryFixture
    private let library: ModelLibrary
    private let log = ProgressLog()
    private static let model = TinyModel().writer().bytes

    init() throws {
        fixture = try LibraryFixture()
        library = try fixture.library(sources: [LibraryFixture.hub])
    }

    private func serving(_ bytes: [UInt8] = Self.model, entityTag: String? = "\"v1\"") throws -> ScriptedServer {
        try ScriptedServer { request, _ in .file(bytes, for: request, entityTag: entityTag) }
    }

    private func pull(_ url: String, sha256: String? = nil, name: String? = nil) async throws -> PulledModel {
        let file = try WebFile(url: url, sha256: sha256, name: name)
        return try await library.pull(try await library.target(of: file), progress: log.add)
    }

    private var landed: [String] {
        let folder = fixture.folder.file("data/diptych/models/web")
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    @Test func aFileArrivesWithItsHash() async throws {
        let server = try serving()
        let model = try await pull(server.address + "/some/tiny%20one.gguf?token=secret#top")
        #expect(model.name == "tiny one.gguf")
        #expect(model.path == fixture.folder.file("data/diptych/models/web/tiny one.gguf"))
        #expect(model.files.map(\.sha256) == [try LibraryFixture.digest(of: Self.model)])
        #expect(try GGUFFile(path: model.path).tensors.isEmpty == false)
        #expect(landed == ["tiny one.gguf", "tiny one.gguf.origin.json"])
        // Only the first bytes, then all.
        #expect(
            server.requests.map(\.path) == ["/some/tiny%20one.gguf?token=secret", "/some/tiny%20one.gguf?token=secret"])
        #expect(server.requests.map { $0.headers["range"] } == ["bytes=0-4095", nil])
        let origin = fixture.folder.bytes(of: "data/diptych/models/web/tiny one.gguf.origin.json")
        #expect(String(decoding: origin ?? [], as: UTF8.self).contains("secret") == false)
        #expect(
            ModelOrigin.read(from: model.path + ModelOrigin.suffix)?.files.map(\.sha256) == model.files.map(\.sha256))
    }

    @Test func whatIsHereNeedsNoNetwork() async throws {
        let server = try serving()
        let first = try await pull(server.address + "/tiny.gguf")
        let count = server.requests.count
        #expect(try await pull(server.address + "/tiny.gguf") == first)
        let digest = try LibraryFixture.digest(of: Self.model).uppercased()
        #expect(try await pull(server.address + "/tiny.gguf", sha256: digest) == first)
        // The same contents under another address.
        #expect(try await pull("https://elsewhere.invalid/tiny.gguf", sha256: digest) == first)
        #expect(server.requests.count == count)
    }

    @Test func theHashIsChecked() async throws {
        let server = try serving()
        let wrong = String(repeating: "0", count: 64)
        let error = await #expect(throws: PullError.self) { try await pull(server.address + "/a.gguf", sha256: wrong) }
        #expect(error?.description.contains("expected SHA-256 000000000000…") == true)
        #expect(landed == [])
        let right = try LibraryFixture.digest(of: Self.model)
        #expect(try await pull(server.address + "/a.gguf", sha256: right).files[0].sha256 == right)
    }

    @Test(arguments: [
        ("<!DOCTYPE html><html>log in</html>", "a web page"), ("{\"error\": 1}", "JSON"), ("", "an empty file"),
        ("PK\u{3}\u{4}zip", "archive"), ("version https://git-lfs.github.com/spec/v1", "git-lfs pointer"),
    ])
    func whatIsNoGGUFFileIsRefusedBeforeItArrives(body: String, expected: String) async throws {
        let server = try serving(Array(body.utf8) + (body.isEmpty ? [] : [UInt8](repeating: 32, count: 100_000)))
        let url = server.address + "/org/name/blob/main/model.gguf"
        let error = await #expect(throws: WebError.self) { try await pull(url) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix(url) == true)
        #expect(landed == [])
        if expected == "a web page" { #expect(error?.description.contains("/resolve/") == true) }
    }

    @Test(arguments: [(404, "does not have this file"), (403, "refuses access"), (418, "answered with an error")])
    func refusalsAreExplained(status: Int, expected: String) async throws {
        let server = try ScriptedServer { _, _ in .init(status: status) }
        let error = await #expect(throws: TransportError.self) { try await pull(server.address + "/a.gguf") }
        #expect(error?.description.contains(expected) == true)
    }

    @Test func gatedFilesOfTheHubAreBetterNamed() async throws {
        let server = try ScriptedServer { _, _ in .init(status: 401) }
        var fixture = fixture
        fixture.environment.variables["HF_ENDPOINT"] = server.address
        fixture.environment.variables["HF_TOKEN"] = "hf_secret"
        let library = try fixture.library(sources: [LibraryFixture.hub])
        let url = server.address + "/makers/Tiny-GGUF/resolve/main/sub/a%20b.gguf"
        await #expect(throws: WebError.gated(url: url, name: "hf:makers/Tiny-GGUF:sub/a b.gguf")) {
            try await library.target(of: WebFile(url: url))
        }
        // Whatever the address, a token goes to those who were asked by name.
        #expect(server.requests.map { $0.headers["authorization"] } == [nil])
    }

    @Test func aServerWithoutRangesOrSizes() async throws {
        let whole = try ScriptedServer { _, _ in .init(body: Self.model) }
        #expect(try await pull(whole.address + "/a.gguf").files[0].bytes == Self.model.count)
        let silent = try ScriptedServer { _, _ in .init(headers: ["Content-Length": ""], body: Self.model) }
        await #expect(throws: WebError.unknownSize(host: "127.0.0.1:\(silent.port)")) {
            try await pull(silent.address + "/b.gguf")
        }
    }

    /// Cancels a pull after 9000 bytes.
    private func interrupt(
        _ name: String, query: String = "", headers: [String: String]
    ) async throws -> ScriptedServer {
        let server = try ScriptedServer { request, number in
            var reply = ScriptedServer.Reply.file(Self.model, for: request, entityTag: headers["ETag"])
            reply.headers.merge(headers) { $1 }
            guard number == 1 else { return reply }
            reply.cutAfter = 9000
            reply.stalls = true
            return reply
        }
        let (library, url) = (library, server.address + "/" + name + query)
        let partial = fixture.folder.file("data/diptych/models/web/\(name).part")
        try await InterruptedPull.run(until: 9000, in: partial) {
            _ = try await library.pull(try await library.target(of: WebFile(url: url))) { _ in }
        }
        #expect(ModelFiles.size(of: partial) == 9000)
        return server
    }

    @Test(
        arguments: [
            (["ETag": "\"v1\""], 9000), (["Last-Modified": "Wed, 21 Oct 2015 07:28:00 GMT"], 9000),
            // Nothing tells whether it is still the same file.
            (["ETag": "W/\"v1\""], nil), ([:], nil),
        ] as [([String: String], Int?)])
    func anInterruptedPullGoesOnIfItCan(headers: [String: String], start: Int?) async throws {
        let server = try await interrupt("tiny.gguf", headers: headers)
        let model = try await pull(server.address + "/tiny.gguf")
        #expect(FileManager.default.contents(atPath: model.path).map { Array($0) } == Self.model)
        #expect(server.requests.last?.rangeStart == start)
        if start != nil { #expect(server.requests.last?.headers["if-range"] == headers.values.first) }
    }

    @Test func anAddressThatIsSignedAnewGoesOn() async throws {
        let server = try await interrupt("tiny.gguf", query: "?signature=1", headers: ["ETag": "\"v1\""])
        let model = try await pull(server.address + "/tiny.gguf?signature=2")
        #expect(FileManager.default.contents(atPath: model.path).map { Array($0) } == Self.model)
        #expect(server.requests.last?.path == "/tiny.gguf?signature=2")
        #expect(server.requests.last?.rangeStart == 9000)
    }

    @Test func partsComeTogether() async throws {
        let parts = TinyModel().writer().split(into: 3).map(\.bytes)
        let server = try ScriptedServer { request, _ in
            guard let index = (1...3).first(where: { request.path == "/m/tiny-0000\($0)-of-00003.gguf?x=1" }) else {
                return .init(status: 404)
            }
            return .file(parts[index - 1], for: request)
        }
        let model = try await pull(server.address + "/m/tiny-00002-of-00003.gguf?x=1", name: "mine.gguf")
        #expect(
            model.files.map { ($0.path as NSString).lastPathComponent }
                == (1...3).map { "mine-0000\($0)-of-00003.gguf" })
        #expect(try GGUFFile(path: model.path).parts.count == 3)
        #expect(throws: WebError.digestOfParts(count: 3)) {
            try WebFile(url: "https://a.b/tiny-00001-of-00003.gguf", sha256: String(repeating: "a", count: 64))
        }
    }

    @Test func anotherFileOfTheSameNameIsLeftAlone() async throws {
        let (server, other) = (try serving(), try serving(TinyModel(seed: 2).writer().bytes))
        let first = try await pull(server.address + "/tiny.gguf")
        let error = await #expect(throws: WebError.self) { try await pull(other.address + "/tiny.gguf") }
        #expect(error == .nameTaken(path: first.path, source: server.address + "/tiny.gguf"))
        #expect(other.requests.isEmpty)
        #expect(try await pull(other.address + "/tiny.gguf", name: "other").path.hasSuffix("/web/other.gguf"))
        // Whoever deletes the file is done with it, whatever is left beside it.
        try FileManager.default.removeItem(atPath: first.path)
        #expect(try await pull(other.address + "/tiny.gguf").files != first.files)
        try fixture.folder.write([1], to: "data/diptych/models/web/own.gguf")
        await #expect(throws: WebError.self) { try await pull(server.address + "/own.gguf") }
        #expect(fixture.folder.bytes(of: "data/diptych/models/web/own.gguf") == [1])
    }

    @Test(arguments: [
        ("http://example.com/a.gguf", WebError.inTheClear(host: "example.com")),
        ("http://127.0.0.1.example.com/a.gguf", .inTheClear(host: "127.0.0.1.example.com")),
        ("ftp://example.com/a.gguf", .malformed(url: "ftp://example.com/a.gguf")),
        ("file:///etc/passwd", .malformed(url: "file:///etc/passwd")),
        ("a.gguf", .malformed(url: "a.gguf")), ("https://", .malformed(url: "https://")), ("", .malformed(url: "")),
        ("https://user:pass@example.com/a.gguf", .withPassword(host: "example.com")),
        ("https://example.com/", .malformedName(nil)), ("https://example.com", .malformedName(nil)),
        ("https://example.com/.gguf", .malformedName(".gguf")),
    ])
    func addressesThatCanNotBePulled(url: String, expected: WebError) {
        let error = #expect(throws: WebError.self) { try WebFile(url: url) }
        #expect(error == expected)
    }

    @Test(arguments: ["../up.gguf", "a/b.gguf", ".hidden", "", "a\nb", ".gguf"])
    func namesThatCanNotBeGiven(name: String) {
        #expect(throws: WebError.self) { try WebFile(url: "https://example.com/a.gguf", name: name) }
    }

    @Test(arguments: ["abc", String(repeating: "g", count: 64), ""])
    func hashesThatAreNone(digest: String) {
        #expect(throws: WebError.malformedDigest(digest)) {
            try WebFile(url: "https://example.com/a.gguf", sha256: digest)
        }
    }

    @Test func namesGetTheirEnding() throws {
        #expect(try WebFile(url: "https://example.com/download?id=3").paths == ["web/download.gguf"])
        #expect(try WebFile(url: "https://[::1]/A.GGUF").paths == ["web/A.GGUF"])
        #expect(try WebFile(url: "http://localhost:8000/a.gguf").paths == ["web/a.gguf"])
    }
}
