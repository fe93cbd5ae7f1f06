import Chat
import ChatTestSupport
import Testing

@testable import Server

/// Clients that leave, and servers that end, over real sockets.
@Suite struct LeavingTests {
    @Test(
        "a client that leaves ends its work, streamed or not, and the next one is served",
        arguments: [LoopbackServer.hello, LoopbackServer.streamed])
    func leaving(body: String) async throws {
        let backend = ScriptedBackend(script: LoopbackServer.endless)
        try await LoopbackServer.run(backend) { server, log in
            let first = try await RawClient(port: server.port)
            try await first.post("/v1/chat/completions", body)
            while backend.requests.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            first.close()
            while log.records.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            #expect(log.records[0].wasAborted)
            let second = try await RawClient(port: server.port)
            try await second.post("/v1/chat/completions", LoopbackServer.streamed)
            #expect(try await second.read(until: #""content":"a""#).contains("200 OK"))
            second.close()
        }
    }

    @Test("a client that leaves while it waits for its turn leaves the queue")
    func leavingQueue() async throws {
        let backend = ScriptedBackend(script: LoopbackServer.endless)
        try await LoopbackServer.run(backend, queue: 1) { server, log in
            let first = try await RawClient(port: server.port)
            try await first.post("/v1/chat/completions", LoopbackServer.streamed)
            _ = try await first.read(until: #""content":"a""#)
            let second = try await RawClient(port: server.port)
            try await second.post("/v1/chat/completions", LoopbackServer.hello)
            let third = try await RawClient(port: server.port)
            while try await LoopbackServer.waitingCount(server) == 0 { try await Task.sleep(for: .milliseconds(1)) }
            try await third.post("/v1/chat/completions", LoopbackServer.hello)
            #expect(try await third.read(until: "queue_full").contains("429 Too Many Requests"))
            second.close()
            while try await LoopbackServer.waitingCount(server) > 0 { try await Task.sleep(for: .milliseconds(1)) }
            #expect(log.records.contains { $0.wasAborted && $0.status == 0 })
            #expect(backend.requests.count == 1, "the one that waited never began")
            third.close()
            first.close()
        }
    }

    @Test("a client that takes nothing is given up, and its slot with it")
    func stalled() async throws {
        let text = String(repeating: "x", count: 1 << 20)
        let script =
            [ScriptedBackend.Step.event(.prompt(PromptSummary(tokens: 1, cachedTokens: 0)))]
            + Array(repeating: .event(.token(ChatToken(text: text, at: .zero))), count: 40)
        let backend = ScriptedBackend(script: script + [.waitForCancellation])
        try await LoopbackServer.run(backend, patience: .init(write: .milliseconds(30))) { server, log in
            let client = try await RawClient(port: server.port)
            try await client.post("/v1/chat/completions", LoopbackServer.streamed)
            while log.records.isEmpty { try await Task.sleep(for: .milliseconds(1)) }
            #expect(log.records[0].wasAborted && log.records[0].status == 200)
            client.close()
        }
    }

    @Test("a server that ends lets the running answer end, and takes nothing new")
    func draining() async throws {
        let backend = ScriptedBackend(script: LoopbackServer.endless)
        try await LoopbackServer.run(backend, grace: .seconds(20)) { server, log in
            let idle = try await RawClient(port: server.port)
            let running = try await RawClient(port: server.port)
            try await running.post("/v1/chat/completions", LoopbackServer.streamed)
            _ = try await running.read(until: #""content":"a""#)
            let waiting = try await RawClient(port: server.port)
            try await waiting.post("/v1/chat/completions", LoopbackServer.hello)
            while try await LoopbackServer.waitingCount(server) == 0 { try await Task.sleep(for: .milliseconds(1)) }
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
        let backend = ScriptedBackend(script: LoopbackServer.endless)
        try await LoopbackServer.run(backend, grace: .milliseconds(20)) { server, log in
            let client = try await RawClient(port: server.port)
            try await client.post("/v1/chat/completions", LoopbackServer.streamed)
            _ = try await client.read(until: #""content":"a""#)
            server.stop()
            let answer = try await client.readAll()
            #expect(!answer.contains("[DONE]"))
            client.close()
        }
    }
}
