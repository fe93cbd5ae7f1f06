import Chat
import ChatTestSupport
import Synchronization
import Testing

@testable import Server

/// Over real sockets. Short times are those after which something must end, never those in which it must.
@Suite struct LoopbackTests {
    private static let hello = #"{"messages":[{"role":"user","content":"hi"}]}"#
    private static let streamed = #"{"messages":[{"role":"user","content":"hi"}],"stream":true}"#

    private static let endless: [ScriptedBackend.Step] = [
        .event(.prompt(PromptSummary(tokens: 1, cachedTokens: 0))), .event(.token(ChatToken(text: "a", at: .zero))),
        .waitForCancellation,
    ]

    private final class Log: Sendable {
        private let state = Mutex<[AccessRecord]>([])
        var records: [AccessRecord] { state.withLock { $0 } }
        func append(_ record: AccessRecord) { state.withLock { $0.append(record) } }
    }

    /// Runs a test against a server, and waits for its end.
    private func withServer(
        _ backend: ScriptedBackend, patience: Connection.Patience = .init(), grace: Duration = .seconds(20),
        queue: Int = 64, key: String? = nil, mostConnections: Int = 256,
        _ body: (Server, Log) async throws -> Void
    ) async throws {
        var configuration = ServerConfiguration()
        configuration.port = 0
        (configuration.grace, configuration.queueCapacity, configuration.key) = (grace, queue, key)
        configuration.mostConnections = mostConnections
        let log = Log()
        let server = try Server(
            models: [ServedModel(id: "tiny", sessions: [backend])], configuration: configuration, patience: patience,
            log: log.append)
        let running = Task { await server.run() }
        do {
            try await body(server, log)
        } catch {
            server.stop()
            await running.value
            throw error
        }
        server.stop()
        await running.value
    }

    @Test("one connection carries several requests, whole and streamed")
    func keepAlive() async throws {
        try await withServer(.answering(["Hel", "lo"])) { server, log in
            let client = try await RawClient(port: server.port)
            defer { client.close() }
            try await client.post("/v1/chat/completions", Self.hello)
            #expect(try await client.read(until: #""total_tokens":12}}"#).contains(#""content":"Hello""#))
            try await client.post("/v1/chat/completions", Self.streamed)
            let stream = try await client.read(until: "\r\n0\r\n\r\n")
            #expect(stream.contains("Content-Type: text/event-stream") && stream.contains("data: [DONE]\n\n"))
            try await client.send("GET /v1/models HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            #expect(try await client.readAll().contains(#""id":"tiny""#))
            #expect(log.records.map(\.status) == [200, 200, 200])
            #expect(log.records.map(\.path) == ["/v1/chat/completions", "/v1/chat/completions", "/v1/models"])
        }
    }

    @Test("many clients at once each get their own answer, none is lost")
    func crowd() async throws {
        try await withServer(.answering(["Hel", "lo"])) { server, _ in
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<32 {
                    group.addTask {
                        let client = try await RawClient(port: server.port)
                        defer { client.close() }
                        try await client.post("/v1/chat/completions", Self.streamed)
                        return try await client.read(until: "\r\n0\r\n\r\n")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count { $0.contains("data: [DONE]") } == 32)
        }
    }

    @Test(
        "a client that leaves ends its work, streamed or not, and the next one is served", arguments: [hello, streamed])
    func leaving(body: String) async throws {
        let backend = ScriptedBackend(script: Self.endless)
        try await withServer(backend) { server, log in
            let first = try await RawClient(port: server.port)
            try await first.post("/v1/chat/completions", body)
            while backend.requests.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            first.close()
            while log.records.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            #expect(log.records[0].wasAborted)
            let second = try await RawClient(port: server.port)
            try await second.post("/v1/chat/completions", Self.streamed)
            #expect(try await second.read(until: #""content":"a""#).contains("200 OK"))
            second.close()
        }
    }

    @Test("a client that leaves while it waits for its turn leaves the queue")
    func leavingQueue() async throws {
        let backend = ScriptedBackend(script: Self.endless)
        try await withServer(backend, queue: 1) { server, log in
            let first = try await RawClient(port: server.port)
            try await first.post("/v1/chat/completions", Self.streamed)
            _ = try await first.read(until: #""content":"a""#)
            let second = try await RawClient(port: server.port)
            try await second.post("/v1/chat/completions", Self.hello)
            let third = try await RawClient(port: server.port)
            while try await isWaiting(server) == 0 { try await Task.sleep(for: .milliseconds(1)) }
            try await third.post("/v1/chat/completions", Self.hello)
            #expect(try await third.read(until: "queue_full").contains("429 Too Many Requests"))
            second.close()
            while try await isWaiting(server) > 0 { try await Task.sleep(for: .milliseconds(1)) }
            #expect(log.records.contains { $0.wasAborted && $0.status == 0 })
            #expect(backend.requests.count == 1, "the one that waited never began")
            third.close()
            first.close()
        }
    }

    /// Requests that wait, as the health tells.
    private func isWaiting(_ server: Server) async throws -> Int {
        let client = try await RawClient(port: server.port)
        defer { client.close() }
        try await client.send("GET /health HTTP/1.0\r\n\r\n")
        let body = try await client.readAll().split(separator: "\r\n\r\n").last ?? ""
        return Int(JSON(String(body))["requests_waiting"].number ?? -1)
    }

    @Test(
        "what is no request is answered with the reason, and the connection ends",
        arguments: [
            ("nonsense\r\n\r\n", "400 Bad Request"), ("GET / HTTP/3.0\r\nHost: a\r\n\r\n", "501 Not Implemented"),
            ("GET /" + String(repeating: "x", count: 20_000), "431 Request Header Fields Too Large"),
            ("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000\r\n\r\n", "413 Content Too Large"),
            ("GET /v1/models HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "403 Forbidden"),
        ])
    func faults(text: String, status: String) async throws {
        try await withServer(.answering(["a"])) { server, _ in
            let client = try await RawClient(port: server.port)
            defer { client.close() }
            try await client.send(text)
            let answer = try await client.readAll()
            #expect(answer.hasPrefix("HTTP/1.1 \(status)\r\n") && answer.contains(#"{"error":{"code":"#))
            #expect(answer.contains("Connection: close"))
        }
    }

    @Test("who is slow is told so; who says nothing is left")
    func slow() async throws {
        let short = Duration.milliseconds(30)
        try await withServer(.answering(["a"]), patience: .init(head: short, body: short)) { server, _ in
            let halfHead = try await RawClient(port: server.port)
            try await halfHead.send("GET /v1/models HT")
            #expect(try await halfHead.readAll().hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
            let halfBody = try await RawClient(port: server.port)
            try await halfBody.send("POST /v1/models HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nab")
            #expect(try await halfBody.readAll().hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
            for client in [halfHead, halfBody] { client.close() }
        }
        try await withServer(.answering(["a"]), patience: .init(idle: short)) { server, _ in
            let silent = try await RawClient(port: server.port)
            #expect(try await silent.readAll() == "")
            silent.close()
        }
    }

    @Test("a client that asks whether to send its body is told to")
    func expectation() async throws {
        try await withServer(.answering(["a"])) { server, _ in
            let client = try await RawClient(port: server.port)
            defer { client.close() }
            try await client.send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Expect: 100-continue\r\nContent-Length: \(Self.hello.utf8.count)\r\n\r\n")
            #expect(try await client.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            try await client.send(Self.hello)
            #expect(try await client.readAll().hasPrefix("HTTP/1.1 200 OK"))
        }
    }

    @Test("an old client gets no chunks: the connection ends with the stream")
    func withoutChunks() async throws {
        try await withServer(.answering(["Hel", "lo"])) { server, _ in
            let client = try await RawClient(port: server.port)
            defer { client.close() }
            try await client.send(
                "POST /v1/completions HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 28\r\n\r\n"
                    + #"{"prompt":"a","stream":true}"#)
            let answer = try await client.readAll()
            #expect(answer.contains("Connection: close\r\n") && !answer.contains("chunked"))
            #expect(answer.contains("\r\n\r\ndata: {") && answer.hasSuffix("data: [DONE]\n\n"))
        }
    }

    @Test("one client more than may be is sent away")
    func crowded() async throws {
        try await withServer(.answering(["a"]), mostConnections: 1) { server, _ in
            let first = try await RawClient(port: server.port)
            try await first.send("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n")
            _ = try await first.read(until: "tiny")
            let second = try await RawClient(port: server.port)
            #expect(try await second.readAll().hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
            for client in [first, second] { client.close() }
        }
    }

    @Test("a server that ends lets the running answer end, and takes nothing new")
    func draining() async throws {
        let backend = ScriptedBackend(script: Self.endless)
        try await withServer(backend, grace: .seconds(20)) { server, log in
            let idle = try await RawClient(port: server.port)
            let running = try await RawClient(port: server.port)
            try await running.post("/v1/chat/completions", Self.streamed)
            _ = try await running.read(until: #""content":"a""#)
            let waiting = try await RawClient(port: server.port)
            try await waiting.post("/v1/chat/completions", Self.hello)
            while try await isWaiting(server) == 0 { try await Task.sleep(for: .milliseconds(1)) }
            server.stop()
            #expect(try await idle.readAll() == "", "it is let go")
            #expect(try await waiting.read(until: "shutting_down").contains("503 Service Unavailable"))
            let late = try? await RawClient(port: server.port)
            let answer = try? await late?.readAll()
            #expect(answer ?? "" == "", "nobody takes it up")
            running.close()
            for client in [idle, waiting] { client.close() }
        }
    }

    @Test("an answer that takes longer than the server waits is broken off")
    func grace() async throws {
        let backend = ScriptedBackend(script: Self.endless)
        try await withServer(backend, grace: .milliseconds(20)) { server, log in
            let client = try await RawClient(port: server.port)
            try await client.post("/v1/chat/completions", Self.streamed)
            _ = try await client.read(until: #""content":"a""#)
            server.stop()
            let answer = try await client.readAll()
            #expect(!answer.contains("[DONE]"))
            client.close()
        }
    }

    @Test("the log has neither key nor text")
    func log() async throws {
        try await withServer(.answering(["answer-text"]), key: "key-text") { server, log in
            let client = try await RawClient(port: server.port)
            try await client.post(
                "/v1/chat/completions?api_key=key-text", #"{"messages":[{"role":"user","content":"prompt-text"}]}"#,
                fields: "Authorization: Bearer key-text\r\nConnection: close\r\n")
            #expect(try await client.readAll().contains("answer-text"))
            client.close()
            let line = "\(try #require(log.records.first))"
            #expect(
                line.hasPrefix("127.0.0.1 POST /v1/chat/completions 200 model=tiny prompt=10 cached=0 answer=1 ms="))
            #expect(!line.contains("-text"))
        }
    }

    @Test("a port that is taken, and an address that is none, are said so")
    func addresses() async throws {
        try await withServer(.answering([])) { server, _ in
            var configuration = ServerConfiguration()
            configuration.port = server.port
            let models = [ServedModel(id: "tiny", sessions: [ScriptedBackend.answering([])])]
            #expect(throws: ServerError.portTaken(host: "127.0.0.1", port: server.port)) {
                _ = try Server(models: models, configuration: configuration)
            }
            configuration.allowsStrangers = true
            for host in ["nowhere.example", "203.0.113.7", "", "127.0.0.256"] {
                configuration.host = host
                #expect(throws: ServerError.badHost(host)) {
                    _ = try Server(models: models, configuration: configuration)
                }
            }
        }
    }
}
