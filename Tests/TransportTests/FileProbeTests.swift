import Testing
import Transport
import TransportTestSupport

@Suite struct FileProbeTests {
    private static let bytes = patternedBytes(900_000)

    private func probe(_ server: ScriptedServer, cancellation: Cancellation = Cancellation()) throws -> FileProbe {
        try FileProbe(
            HTTPRequest(url: server.address + "/f"), headBytes: 100, client: HTTPClient(),
            retries: RetryPolicy(attempts: 1), cancellation: cancellation)
    }

    @Test func aServerWithRangesSendsTheBeginning() throws {
        let server = try ScriptedServer { request, _ in
            #expect(request.headers["range"] == "bytes=0-99")
            return .init(
                status: 206, headers: ["Content-Range": "bytes 0-99/900000"], body: Array(Self.bytes.prefix(100)))
        }
        let probe = try probe(server)
        #expect(probe.bytes == 900_000)
        #expect(probe.head == Array(Self.bytes.prefix(100)))
    }

    @Test func aServerThatSendsEverythingIsInterrupted() throws {
        let server = try ScriptedServer { _, _ in
            var reply = ScriptedServer.Reply(body: Self.bytes)
            // Whoever wanted all of it would wait for ever.
            reply.cutAfter = 500_000
            reply.stalls = true
            return reply
        }
        let probe = try probe(server)
        #expect(probe.bytes == 900_000)
        #expect(probe.head == Array(Self.bytes.prefix(100)))
    }

    @Test func aShortFileIsItsOwnBeginning() throws {
        let server = try ScriptedServer { _, _ in .init(body: [1, 2, 3]) }
        let probe = try probe(server)
        #expect(probe.bytes == 3)
        #expect(probe.head == [1, 2, 3])
    }

    @Test(arguments: [200, 416])
    func anEmptyFileHasNoBytes(status: Int) throws {
        let probe = try probe(try ScriptedServer { _, _ in .init(status: status) })
        #expect(probe.bytes == 0)
        #expect(probe.head == [])
    }

    @Test(arguments: [["Content-Length": ""], ["Content-Length": "", "Content-Range": "bytes 0-1/*"]])
    func aSizeThatIsNotSaidIsNotKnown(headers: [String: String]) throws {
        let status = headers["Content-Range"] == nil ? 200 : 206
        let server = try ScriptedServer { _, _ in .init(status: status, headers: headers, body: [1, 2]) }
        #expect(try probe(server).bytes == nil)
    }

    @Test(arguments: [401, 404, 429, 503])
    func refusalsAreThrown(status: Int) throws {
        let server = try ScriptedServer { _, _ in .init(status: status, body: [1]) }
        let error = #expect(throws: TransportError.self) { try probe(server) }
        #expect(error?.cause == .status(status))
    }

    @Test func aBusyServerIsAskedAgain() throws {
        let server = try ScriptedServer { _, number in
            number == 0 ? .init(status: 503, headers: ["Retry-After": "0"]) : .init(body: [1, 2, 3])
        }
        let probe = try FileProbe(
            HTTPRequest(url: server.address + "/f"), headBytes: 100, client: HTTPClient(), cancellation: Cancellation())
        #expect(probe.head == [1, 2, 3])
        #expect(server.requests.count == 2)
    }

    @Test func cancelled() throws {
        let server = try ScriptedServer { _, _ in .init(body: [1]) }
        let cancellation = Cancellation()
        cancellation.cancel()
        #expect(throws: CancellationError.self) { try probe(server, cancellation: cancellation) }
        #expect(server.requests.isEmpty)
    }
}
