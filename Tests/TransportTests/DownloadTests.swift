import Foundation
import Testing
import Transport
import TransportTestSupport

@Suite struct DownloadTests {
    private let folder: TemporaryFolder
    private static let sample = patternedBytes(700_000)
    private let bytes = sample

    init() throws {
        folder = try TemporaryFolder()
    }

    private func partialFile(keeping kept: Int = 0) throws -> PartialFile {
        try PartialFile(path: folder.file("f"), keeping: kept, cancellation: Cancellation())
    }

    /// Runs a download into `f`; answers what it reported.
    @discardableResult private func run(
        _ server: ScriptedServer, into file: PartialFile, entityTag: String? = nil,
        client: HTTPClient = HTTPClient(), headers: [(name: String, value: String)] = [],
        cancellation: Cancellation = Cancellation(), path: String = "/f"
    ) throws -> [Download.Event] {
        var download = Download(
            request: HTTPRequest(url: server.address + path, headers: headers), expectedBytes: bytes.count,
            entityTag: entityTag)
        download.retries.firstPause = 0
        var events: [Download.Event] = []
        try download.run(into: file, client: client, cancellation: cancellation) { events.append($0) }
        return events
    }

    @Test func aServerMaySayWhenToComeBack() throws {
        let bytes = bytes
        let server = try ScriptedServer { request, number in
            number == 0 ? .init(status: 429, headers: ["Retry-After": "0"]) : .file(bytes, for: request)
        }
        try run(server, into: try partialFile())
        #expect(server.requests.count == 2)
        // Nobody waits for an hour.
        let closed = try ScriptedServer { _, _ in .init(status: 503, headers: ["Retry-After": "3600"]) }
        let error = #expect(throws: TransportError.self) { try run(closed, into: try partialFile()) }
        #expect(error?.cause == .status(503))
        #expect(closed.requests.count == 1)
    }

    @Test func aWholeFile() throws {
        let bytes = bytes
        let server = try ScriptedServer { request, _ in .file(bytes, for: request, entityTag: "\"v1\"") }
        let events = try run(server, into: try partialFile())
        #expect(folder.bytes(of: "f") == bytes)
        #expect(events.first == .began(offset: 0, entityTag: "\"v1\""))
        #expect(events.last == .received(bytes: bytes.count))
        #expect(server.requests.count == 1)
        #expect(server.requests.first?.headers["range"] == nil)
    }

    @Test func goesOnWhereTheFileEnds() throws {
        let bytes = bytes
        let server = try ScriptedServer { request, _ in .file(bytes, for: request, entityTag: "\"v1\"") }
        try folder.write(bytes[..<300_000], to: "f")
        let events = try run(server, into: try partialFile(keeping: 300_000), entityTag: "\"v1\"")
        #expect(folder.bytes(of: "f") == bytes)
        #expect(events.first == .began(offset: 300_000, entityTag: "\"v1\""))
        #expect(server.requests.first?.headers["range"] == "bytes=300000-")
        #expect(server.requests.first?.headers["if-range"] == "\"v1\"")
    }

    @Test func aConnectionThatBreaksOffIsTakenUpAgain() throws {
        let bytes = bytes
        let server = try ScriptedServer { request, number in
            var reply = ScriptedServer.Reply.file(bytes, for: request, entityTag: "\"v1\"")
            if number < 3 { reply.cutAfter = 100_000 }
            return reply
        }
        let events = try run(server, into: try partialFile())
        #expect(folder.bytes(of: "f") == bytes)
        #expect(server.requests.map(\.rangeStart) == [nil, 100_000, 200_000, 300_000])
        #expect(server.requests.last?.headers["if-range"] == "\"v1\"")
        #expect(events.filter { if case .interrupted = $0 { true } else { false } }.count == 3)
    }

    @Test func aServerThatIgnoresRangesIsReadFromTheStart() throws {
        let bytes = bytes
        let server = try ScriptedServer { _, _ in .init(body: bytes) }
        try folder.write(patternedBytes(1000, seed: 9), to: "f")
        let events = try run(server, into: try partialFile(keeping: 1000))
        #expect(folder.bytes(of: "f") == bytes)
        #expect(events.first == .began(offset: 0, entityTag: nil))
    }

    @Test func aFileThatChangedIsReadFromTheStart() throws {
        let bytes = bytes
        let server = try ScriptedServer { request, _ in .file(bytes, for: request, entityTag: "\"v2\"") }
        try folder.write(patternedBytes(1000, seed: 9), to: "f")
        try run(server, into: try partialFile(keeping: 1000), entityTag: "\"v1\"")
        #expect(folder.bytes(of: "f") == bytes)
    }

    @Test func aRangeThatIsRefusedIsAskedForWhole() throws {
        let bytes = bytes
        let server = try ScriptedServer { request, _ in
            request.rangeStart == nil ? .init(body: bytes) : .init(status: 416)
        }
        try folder.write(patternedBytes(1000, seed: 9), to: "f")
        try run(server, into: try partialFile(keeping: 1000))
        #expect(folder.bytes(of: "f") == bytes)
    }

    @Test func anAnswerToAnotherRangeIsNotTaken() throws {
        let bytes = bytes
        let server = try ScriptedServer { _, _ in
            .init(status: 206, headers: ["Content-Range": "bytes 5-9/\(bytes.count)"], body: Array(bytes[5...9]))
        }
        try folder.write(bytes[..<1000], to: "f")
        let error = #expect(throws: TransportError.self) { try run(server, into: try partialFile(keeping: 1000)) }
        #expect(error?.cause == .unexpected)
        #expect(folder.bytes(of: "f") == Array(bytes[..<1000]))
    }

    @Test func givesUpWhenNothingArrivesAnyMore() throws {
        let bytes = bytes
        let server = try ScriptedServer { request, number in
            var reply = ScriptedServer.Reply.file(bytes, for: request)
            reply.cutAfter = number == 0 ? 5000 : 0
            return reply
        }
        let error = #expect(throws: TransportError.self) { try run(server, into: try partialFile()) }
        #expect(error?.cause == .brokenOff)
        #expect(folder.bytes(of: "f") == Array(bytes[..<5000]))
        #expect(server.requests.count == 4)
    }

    @Test func aBodyWithoutALengthThatEndsEarlyIsNotWhole() throws {
        let bytes = bytes
        let server = try ScriptedServer { request, number in
            var reply = ScriptedServer.Reply.file(bytes, for: request)
            reply.headers["Content-Length"] = ""
            if number == 0 { reply.cutAfter = 5000 }
            return reply
        }
        try run(server, into: try partialFile())
        #expect(folder.bytes(of: "f") == bytes)
        #expect(server.requests.map(\.rangeStart) == [nil, 5000])
    }

    @Test func aFileOfAnotherSizeIsRefusedBeforeItsBytes() throws {
        let server = try ScriptedServer { _, _ in .init(body: patternedBytes(10)) }
        let error = #expect(throws: DownloadError.self) { try run(server, into: try partialFile()) }
        #expect(error?.description.contains("expected 700000 bytes, found 10") == true)
        #expect(folder.bytes(of: "f") == [])
    }

    @Test func moreBytesThanThereShouldBeAreRefused() throws {
        let long = patternedBytes(700_001)
        let server = try ScriptedServer { _, _ in .init(headers: ["Content-Length": ""], body: long) }
        #expect(throws: DownloadError.self) { try run(server, into: try partialFile()) }
        #expect((folder.bytes(of: "f")?.count ?? 0) <= 700_000)
    }

    @Test(arguments: [(401, 1), (403, 1), (404, 1), (500, 4), (429, 4)])
    func statuses(status: Int, requests: Int) throws {
        let server = try ScriptedServer { _, _ in .init(status: status, body: Array("<html>no</html>".utf8)) }
        let error = #expect(throws: TransportError.self) { try run(server, into: try partialFile()) }
        #expect(error?.cause == .status(status))
        #expect(error?.description.contains("127.0.0.1") == true)
        #expect(error?.description.contains("HTTP status \(status)") == true)
        #expect(server.requests.count == requests)
        #expect(folder.bytes(of: "f") == [])
    }

    @Test func redirectsAreFollowedButTheTokenStaysBehind() throws {
        let bytes = bytes
        let other = try ScriptedServer { request, _ in .file(bytes, for: request) }
        // Another name for the same machine is another host.
        let location = "http://localhost:\(other.port)/elsewhere"
        let server = try ScriptedServer { _, _ in .init(status: 302, headers: ["Location": location]) }
        try folder.write(bytes[..<1000], to: "f")
        try run(
            server, into: try partialFile(keeping: 1000), headers: [("Authorization", "Bearer secret")])
        #expect(folder.bytes(of: "f") == bytes)
        #expect(server.requests.first?.headers["authorization"] == "Bearer secret")
        #expect(other.requests.first?.headers["authorization"] == nil)
        #expect(other.requests.first?.rangeStart == 1000)
    }

    @Test func endlessRedirectsEnd() throws {
        let server = try ScriptedServer { _, _ in .init(status: 302, headers: ["Location": "/again"]) }
        #expect(throws: TransportError.self) { try run(server, into: try partialFile()) }
        #expect(server.requests.count == 11)
    }

    @Test func aServerThatFallsSilentTimesOut() throws {
        let bytes = bytes
        let server = try ScriptedServer { request, _ in
            var reply = ScriptedServer.Reply.file(bytes, for: request)
            reply.cutAfter = 1000
            reply.stalls = true
            return reply
        }
        var download = Download(request: HTTPRequest(url: server.address), expectedBytes: bytes.count)
        download.retries.attempts = 1
        let file = try partialFile()
        let error = #expect(throws: TransportError.self) {
            try download.run(
                into: file, client: HTTPClient(stallTimeout: 1, slowestRate: 1 << 30), cancellation: Cancellation(),
                report: { _ in })
        }
        #expect(error?.cause == .timedOut)
        #expect(file.length == 1000)
    }

    @Test func nobodyThere() throws {
        var download = Download(request: HTTPRequest(url: try ScriptedServer.deadAddress()), expectedBytes: 5)
        download.retries.firstPause = 0
        let file = try partialFile()
        let error = #expect(throws: TransportError.self) {
            try download.run(into: file, client: HTTPClient(), cancellation: Cancellation(), report: { _ in })
        }
        #expect(error?.cause == .noConnection)
    }

    @Test func aHostWithoutAnAddress() throws {
        // RFC 6761: this name never has one.
        let download = Download(request: HTTPRequest(url: "http://nobody.invalid/f"), expectedBytes: 5)
        let file = try partialFile()
        let error = #expect(throws: TransportError.self) {
            try download.run(into: file, client: HTTPClient(), cancellation: Cancellation(), report: { _ in })
        }
        #expect(error?.cause == .hostNotFound)
        #expect(error?.description.contains("nobody.invalid") == true)
    }

    @Test func otherProtocolsAreRefused() throws {
        let download = Download(request: HTTPRequest(url: "file:///etc/passwd"), expectedBytes: 5)
        let file = try partialFile()
        #expect(throws: TransportError.self) {
            try download.run(into: file, client: HTTPClient(), cancellation: Cancellation(), report: { _ in })
        }
    }

    @Test func plainTextOnASecureAddressIsCalledInsecure() throws {
        let server = try ScriptedServer { _, _ in .init() }
        var download = Download(request: HTTPRequest(url: "https://127.0.0.1:\(server.port)/"), expectedBytes: 5)
        download.retries.attempts = 1
        let file = try partialFile()
        let error = #expect(throws: TransportError.self) {
            // The server waits for the end of a request that never comes, so time ends it, unless TLS does before.
            try download.run(
                into: file, client: HTTPClient(connectTimeout: 1), cancellation: Cancellation(), report: { _ in })
        }
        #expect(error?.cause == .insecure || error?.cause == .timedOut)
    }

    @Test func cancellingEndsItAndKeepsWhatArrived() async throws {
        let bytes = bytes
        let server = try ScriptedServer { request, _ in
            var reply = ScriptedServer.Reply.file(bytes, for: request)
            reply.cutAfter = 200_000
            reply.stalls = true
            return reply
        }
        let path = folder.file("f")
        let (arrivals, arrived) = AsyncStream.makeStream(of: Int.self)
        let task = Task {
            try await BlockingThread.run { cancellation in
                let file = try PartialFile(path: path, keeping: 0, cancellation: cancellation)
                let download = Download(request: HTTPRequest(url: server.address), expectedBytes: bytes.count)
                try download.run(into: file, client: HTTPClient(), cancellation: cancellation) { event in
                    if case .received(let count) = event { arrived.yield(count) }
                }
            }
        }
        for await count in arrivals where count == 200_000 { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(folder.bytes(of: "f") == Array(bytes[..<200_000]))
    }
}
