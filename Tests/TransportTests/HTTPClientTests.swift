import Foundation
import Synchronization
import Testing
import Transport
import TransportTestSupport

@Suite struct HTTPClientTests {
    @Test func postsABody() throws {
        let server = try ScriptedServer { request, _ in .init(body: request.body) }
        let body = Array("{\"a\": \"é\"}".utf8)
        let request = HTTPRequest(
            url: server.address + "/v1", headers: [("Content-Type", "application/json")], body: body)
        let (head, answer) = try HTTPClient().response(to: request, cancellation: Cancellation())
        #expect(head.status == 200 && answer == body)
        #expect(server.requests.first?.method == "POST")
        #expect(server.requests.first?.headers["content-type"] == "application/json")
        #expect(server.requests.first?.headers["expect"] == nil)
    }

    @Test func aLargeBodyAndAnEmptyOneArriveWhole() throws {
        let server = try ScriptedServer { request, _ in .init(body: Array("\(request.body.count)".utf8)) }
        for count in [0, 3_000_000] {
            let request = HTTPRequest(url: server.address, body: [UInt8](repeating: 0x78, count: count))
            let answer = try HTTPClient().response(to: request, cancellation: Cancellation()).body
            #expect(String(decoding: answer, as: UTF8.self) == "\(count)")
        }
    }

    @Test func aPoolKeepsItsConnection() throws {
        let server = try ScriptedServer { _, _ in
            var reply = ScriptedServer.Reply(body: Array("ok".utf8))
            reply.keepsOpen = true
            return reply
        }
        let client = HTTPClient(pool: HTTPConnectionPool())
        var timings: [HTTPTimings] = []
        for _ in 0..<3 {
            var last = HTTPTimings()
            try client.perform(
                HTTPRequest(url: server.address, body: [0x61]), cancellation: Cancellation(),
                progress: { last = $0 }, begin: { _ in }, receive: { _ in })
            timings.append(last)
        }
        #expect(server.connectionCount == 1)
        #expect(timings.map(\.reusedConnection) == [false, true, true])
        #expect(timings[0].connected != nil && timings[0].secured == nil)
        #expect(timings[1].connected == nil && timings[1].lookedUp == nil)
        for timing in timings {
            #expect(timing.version == "HTTP/1.1")
            let (sent, firstByte) = (try #require(timing.sent), try #require(timing.firstByte))
            #expect(sent <= firstByte)
        }
    }

    @Test func aConnectionThatTheServerClosedIsMadeAnew() throws {
        let server = try ScriptedServer { _, _ in .steps(.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")) }
        let client = HTTPClient(pool: HTTPConnectionPool())
        for _ in 0..<3 {
            #expect(
                try client.response(to: HTTPRequest(url: server.address, body: []), cancellation: Cancellation()).body
                    == Array("ok".utf8))
        }
        #expect(server.connectionCount == 3)
    }

    @Test func stepsAreToldInOrder() throws {
        let server = try ScriptedServer { _, _ in
            .steps(.pause(30), .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"), .pause(30), .send("ok"))
        }
        var seen: [HTTPTimings] = []
        var begun: Int?
        try HTTPClient().perform(
            HTTPRequest(url: server.address, body: [0x61]), cancellation: Cancellation(),
            progress: { seen.append($0) }, begin: { _ in begun = seen.count }, receive: { _ in })
        let counts = seen.map { timings in
            [timings.lookedUp, timings.connected, timings.sent, timings.firstByte].filter { $0 != nil }.count
        }
        #expect(counts == counts.sorted() && counts.last == 4)
        // The first byte is told before the head is.
        #expect(begun.map { seen[$0 - 1].firstByte != nil } == true)
    }

    @Test func redirectsThatAreRefusedAreAnswers() throws {
        let other = try ScriptedServer { _, _ in .init(body: Array("elsewhere".utf8)) }
        let target = other.address + "/x"
        let server = try ScriptedServer { _, _ in .init(status: 307, headers: ["Location": target]) }
        let head = try HTTPClient().response(
            to: HTTPRequest(url: server.address, body: [], redirects: .refuse), cancellation: Cancellation()
        ).head
        #expect(head.status == 307 && head.redirect == target)
        #expect(other.requests.isEmpty)
    }

    @Test func patienceEndsWithItsComplaint() throws {
        let server = try ScriptedServer { _, _ in .steps(.stall) }
        let error = #expect(throws: TransportError.self) {
            try HTTPClient().perform(
                HTTPRequest(url: server.address), cancellation: Cancellation(),
                patience: { timings in
                    Patience(seconds: timings.sent == nil ? 1 : 0, complaint: "no word")
                }, begin: { _ in }, receive: { _ in })
        }
        #expect(error?.cause == .timedOut && error?.detail == "no word")
        #expect(eventually { server.departureCount == 1 })
    }

    /// Cancelling wakes the transfer up, wherever it waits, and hangs up.
    @Test(arguments: [0, 1, 2])
    func cancellingHangsUp(_ stage: Int) async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
        let server = try ScriptedServer { _, _ in
            switch stage {
            case 0: .steps(.stall)
            case 1: .steps(.send(head), .stall)
            default: .steps(.send(head), .send("data: a\n\n"), .sendForever(": still here\n\n"))
            }
        }
        let received = Mutex(0)
        let task = Task {
            try await BlockingThread.run { cancellation in
                try HTTPClient().perform(
                    HTTPRequest(url: server.address), cancellation: cancellation,
                    patience: { _ in Patience(seconds: 600, complaint: "") }, begin: { _ in },
                    receive: { bytes in received.withLock { $0 += bytes.count } })
            }
        }
        #expect(await eventually { server.requests.count == 1 && (stage < 2 || received.withLock { $0 > 20 }) })
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await eventually { server.departureCount == 1 })
    }

    @Test func whatTheReaderThrowsEndsTheTransfer() throws {
        struct Enough: Error {}
        let server = try ScriptedServer { _, _ in .steps(.send("HTTP/1.1 200 OK\r\n\r\n"), .sendForever("x")) }
        #expect(throws: Enough.self) {
            try HTTPClient().perform(
                HTTPRequest(url: server.address), cancellation: Cancellation(), begin: { _ in },
                receive: { _ in throw Enough() })
        }
        #expect(eventually { server.departureCount == 1 })
    }

    @Test func aBodyBeyondTheLimitIsRefused() throws {
        let server = try ScriptedServer { _, _ in .init(body: [UInt8](repeating: 0, count: 2000)) }
        let error = #expect(throws: TransportError.self) {
            try HTTPClient().response(
                to: HTTPRequest(url: server.address), limit: 1000, cancellation: Cancellation())
        }
        #expect(error?.detail == "more than 1000 bytes")
    }
}
