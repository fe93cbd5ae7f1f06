import Chat
import ChatTestSupport
import Synchronization

@testable import Server

extension Connection.Patience {
    /// For tests that aren't about waiting: beside all other tests, each step of a task waits behind those that are ready.
    static let endless = Connection.Patience(
        idle: .seconds(600), head: .seconds(600), body: .seconds(600), write: .seconds(600))
}

/// A server with one scripted model, on a port of this machine, for one test.
enum LoopbackServer {
    static let hello = #"{"messages":[{"role":"user","content":"hi"}]}"#
    static let streamed = #"{"messages":[{"role":"user","content":"hi"}],"stream":true}"#

    static let endless: [ScriptedBackend.Step] = [
        .event(.prompt(PromptSummary(tokens: 1, cachedTokens: 0))), .event(.token(ChatToken(text: "a", at: .zero))),
        .waitForCancellation,
    ]

    /// What the server logged.
    final class Log: Sendable {
        private let state = Mutex<[AccessRecord]>([])
        var records: [AccessRecord] { state.withLock { $0 } }
        func append(_ record: AccessRecord) { state.withLock { $0.append(record) } }
    }

    /// Runs a test against a server, and waits for its end.
    static func run(
        _ backend: ScriptedBackend, patience: Connection.Patience = .endless, grace: Duration = .seconds(300),
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

    /// Requests that wait, as the health tells.
    static func waitingCount(_ server: Server) async throws -> Int {
        let client = try await RawClient(port: server.port)
        defer { client.close() }
        try await client.send("GET /health HTTP/1.0\r\n\r\n")
        let body = try await client.readAll().split(separator: "\r\n\r\n").last ?? ""
        return Int(JSON(String(body))["requests_waiting"].number ?? -1)
    }
}
