import Testing
import Transport
import TransportTestSupport

@Suite struct RetryPolicyRunTests {
    private let policy = RetryPolicy(attempts: 3, firstPause: 0)

    private func run(_ answers: [Result<Int, TransportError>]) -> (result: Result<Int, any Error>, count: Int) {
        var count = 0
        let result = Result {
            try policy.run(cancellation: Cancellation()) {
                defer { count += 1 }
                return (HTTPResponse(status: try answers[min(count, answers.count - 1)].get()), count)
            }
            .head.status
        }
        return (result, count)
    }

    private static let broken = TransportError(.brokenOff, host: "h")
    private static let refused = TransportError(.noConnection, host: "h")

    @Test(
        arguments: [
            ([.success(200)], 1), ([.success(404)], 1), ([.success(429), .success(200)], 2),
            ([.success(503), .failure(broken), .success(200)], 3), ([.success(503), .success(503), .success(403)], 3),
        ] as [([Result<Int, TransportError>], Int)])
    func whatPassesIsTriedAgain(answers: [Result<Int, TransportError>], count: Int) throws {
        let run = run(answers)
        #expect(run.count == count)
        #expect(try run.result.get() == answers.last?.get())
    }

    @Test func theLastAnswerStands() throws {
        let busy = run([.success(429)])
        #expect(busy.count == 3)
        #expect(try busy.result.get() == 429)
        let broken = run([.failure(Self.broken)])
        #expect(broken.count == 3)
        #expect(throws: Self.broken) { try broken.result.get() }
        let refused = run([.failure(Self.refused)])
        #expect(refused.count == 1)
        #expect(throws: Self.refused) { try refused.result.get() }
    }

    @Test func nobodyWaitsForWhatWasCancelled() {
        let cancellation = Cancellation()
        #expect(throws: CancellationError.self) {
            try policy.run(cancellation: cancellation) {
                cancellation.cancel()
                return (HTTPResponse(status: 429, headers: ["retry-after": "20"]), ())
            }
        }
    }
}

@Suite struct WholeResponseTests {
    private func response(_ server: ScriptedServer) throws -> (head: HTTPResponse, body: [UInt8]) {
        try HTTPClient().response(
            to: HTTPRequest(url: server.address + "/f"), limit: 1000, cancellation: Cancellation())
    }

    @Test(arguments: [200, 404])
    func answersOfAnyStatusAreRead(status: Int) throws {
        let bytes = patternedBytes(1000)
        let server = try ScriptedServer { _, _ in .init(status: status, headers: ["X-Error-Code": "Why"], body: bytes) }
        let answer = try response(server)
        #expect(answer.head.status == status)
        #expect(answer.head.headers["x-error-code"] == "Why")
        #expect(answer.body == bytes)
    }

    @Test func anEndlessAnswerIsRefused() throws {
        let server = try ScriptedServer { _, _ in .init(headers: ["Content-Length": ""], body: patternedBytes(1001)) }
        let error = #expect(throws: TransportError.self) { try response(server) }
        #expect(error?.cause == .unexpected)
        #expect(error?.description.contains("more than 1000 bytes") == true)
    }

    @Test func anAnswerThatBreaksOffIsAnError() throws {
        let server = try ScriptedServer { _, _ in .init(body: patternedBytes(900), cutAfter: 10) }
        #expect(throws: TransportError.self) { try response(server) }
    }
}
