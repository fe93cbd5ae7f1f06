import Testing
import Transport
import TransportTestSupport

@Suite struct AttemptsTests {
    private let attempts = Attempts(count: 3, firstPause: 0)

    private func error(_ status: Int) -> TransportError { TransportError(.status(status), host: "h") }

    @Test(arguments: [0, 1, 2])
    func whatPassesIsTriedAgain(failures: Int) throws {
        var count = 0
        let result = try attempts.run(cancellation: Cancellation()) {
            count += 1
            if count <= failures { throw error(503) }
            return count
        }
        #expect(result == failures + 1)
    }

    @Test func theLastFailureIsThrown() {
        var count = 0
        #expect(throws: error(429)) {
            try attempts.run(cancellation: Cancellation()) {
                count += 1
                throw error(count == 3 ? 429 : 500)
            }
        }
        #expect(count == 3)
    }

    @Test func whatWillNotPassIsNotTriedAgain() {
        var count = 0
        #expect(throws: error(404)) {
            try attempts.run(cancellation: Cancellation()) {
                count += 1
                throw error(404)
            }
        }
        #expect(count == 1)
    }

    @Test func nobodyWaitsForACancelledAttempt() {
        let cancellation = Cancellation()
        let patient = Attempts(count: 3, firstPause: 3600)
        #expect(throws: CancellationError.self) {
            try patient.run(cancellation: cancellation) {
                cancellation.cancel()
                throw error(503)
            }
        }
    }
}

@Suite struct WholeBodyTests {
    private func body(_ server: ScriptedServer) throws -> (response: HTTPResponse, body: [UInt8]) {
        try HTTPClient().body(
            of: HTTPRequest(url: server.address + "/f"), limit: 1000, cancellation: Cancellation())
    }

    @Test(arguments: [200, 404])
    func answersOfAnyStatusAreRead(status: Int) throws {
        let bytes = patternedBytes(1000)
        let server = try ScriptedServer { _, _ in .init(status: status, headers: ["X-Error-Code": "Why"], body: bytes) }
        let answer = try body(server)
        #expect(answer.response.status == status)
        #expect(answer.response.headers["x-error-code"] == "Why")
        #expect(answer.body == bytes)
    }

    @Test func anEndlessAnswerIsRefused() throws {
        let server = try ScriptedServer { _, _ in .init(headers: ["Content-Length": ""], body: patternedBytes(1001)) }
        let error = #expect(throws: TransportError.self) { try body(server) }
        #expect(error?.cause == .unexpected)
        #expect(error?.description.contains("more than 1000 bytes") == true)
    }

    @Test func anAnswerThatBreaksOffIsAnError() throws {
        let server = try ScriptedServer { _, _ in .init(body: patternedBytes(900), cutAfter: 10) }
        #expect(throws: TransportError.self) { try body(server) }
    }
}
