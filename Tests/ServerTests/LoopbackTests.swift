import Chat
import ChatTestSupport
import Testing

@testable import Server

/// Over real sockets. Short times are those after which something must end, never those in which it must.
@Suite struct LoopbackTests {
    @Test("one connection carries several requests, whole and streamed")
    func keepAlive() async throws {
        try await LoopbackServer.run(.answering(["Hel", "lo"])) { server, log in
            let client = try await RawClient(port: server.port)
            defer { client.close() }
            try await client.post("/v1/chat/completions", LoopbackServer.hello)
            #expect(try await client.read(until: #""total_tokens":12}}"#).contains(#""content":"Hello""#))
            try await client.post("/v1/chat/completions", LoopbackServer.streamed)
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
        try await LoopbackServer.run(.answering(["Hel", "lo"])) { server, _ in
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<32 {
                    group.addTask {
                        let client = try await RawClient(port: server.port)
                        defer { client.close() }
                        try await client.post("/v1/chat/completions", LoopbackServer.streamed)
                        return try await client.read(until: "\r\n0\r\n\r\n")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.count { $0.contains("data: [DONE]") } == 32)
        }
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
        try await LoopbackServer.run(.answering(["a"])) { server, _ in
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
        try await LoopbackServer.run(.answering(["a"]), patience: .init(head: short, body: short)) { server, _ in
            let halfHead = try await RawClient(port: server.port)
            try await halfHead.send("GET /v1/models HT")
            #expect(try await halfHead.readAll().hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
            let halfBody = try await RawClient(port: server.port)
            try await halfBody.send("POST /v1/models HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nab")
            #expect(try await halfBody.readAll().hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
            for client in [halfHead, halfBody] { client.close() }
        }
        try await LoopbackServer.run(.answering(["a"]), patience: .init(idle: short)) { server, _ in
            let silent = try await RawClient(port: server.port)
            #expect(try await silent.readAll() == "")
            silent.close()
        }
    }

    @Test("a client that asks whether to send its body is told to")
    func expectation() async throws {
        try await LoopbackServer.run(.answering(["a"])) { server, _ in
            let client = try await RawClient(port: server.port)
            defer { client.close() }
            try await client.send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Expect: 100-continue\r\nContent-Length: \(LoopbackServer.hello.utf8.count)\r\n\r\n")
            #expect(try await client.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            try await client.send(LoopbackServer.hello)
            #expect(try await client.readAll().hasPrefix("HTTP/1.1 200 OK"))
        }
    }

    @Test("an old client gets no chunks: the connection ends with the stream")
    func withoutChunks() async throws {
        try await LoopbackServer.run(.answering(["Hel", "lo"])) { server, _ in
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
        try await LoopbackServer.run(.answering(["a"]), mostConnections: 1) { server, _ in
            let first = try await RawClient(port: server.port)
            try await first.send("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n")
            _ = try await first.read(until: "tiny")
            let second = try await RawClient(port: server.port)
            #expect(try await second.readAll().hasPrefix("HTTP/1.1 503 Service Unavailable\r\n"))
            for client in [first, second] { client.close() }
        }
    }

    @Test("the log has neither key nor text")
    func log() async throws {
        try await LoopbackServer.run(.answering(["answer-text"]), key: "key-text") { server, log in
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
        try await LoopbackServer.run(.answering([])) { server, _ in
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
