import Chat
import ChatTestSupport
import Testing

@testable import Server

/// What isn't answered, and what ends before it is.
@Suite struct RefusalTests {
    private static let hello = #"{"model":"tiny","messages":[{"role":"user","content":"hi"}]"#

    private func service(_ backend: ScriptedBackend, queue: Int = 4) throws -> Service {
        var configuration = ServerConfiguration()
        configuration.queueCapacity = queue
        return try Service(models: [ServedModel(id: "tiny", sessions: [backend])], configuration: configuration)
    }

    @Test(
        "what is asked wrongly is answered in the protocol's shape",
        arguments: [
            ("GET", "/v1/nothing", "", 404, "unknown_url"),
            ("GET", "/v1/chat/completions", "", 405, "method_not_allowed"),
            ("POST", "/v1/models", "", 405, "method_not_allowed"),
            ("POST", "/v1/chat/completions", "{", 400, "malformed_json"),
            (
                "POST", "/v1/chat/completions", #"{"model":"x","messages":[{"role":"user","content":""}]}"#, 404,
                "model_not_found"
            ),
            ("POST", "/v1/embeddings", #"{"model":"tiny","input":"a"}"#, 400, "model_not_capable"),
        ])
    func errors(method: String, path: String, body: String, status: Int, code: String) async throws {
        let exchange = try await service(.answering(["a"])).answer(method, path, body)
        #expect(await exchange.response?.status.rawValue == status)
        let error = await exchange.json["error"]
        #expect(error["code"].text == code && error["message"].text?.isEmpty == false)
        #expect(error["type"].text == "invalid_request_error" && !error["param"].isMissing)
        if status == 405 { #expect(await exchange.response?.fields["Allow"]?.isEmpty == false) }
    }

    private struct TooLong: RefusingError {
        var refusal: Refusal? { .tooLong(tokens: 5000, limit: 2048) }
    }

    private struct Broken: Error, CustomStringConvertible {
        var description: String { "/home/secret/model.gguf is damaged" }
    }

    @Test("a prompt that is too long is refused with both numbers, also where the answer was to be streamed")
    func tooLong() async throws {
        let exchange = try await service(ScriptedBackend(script: [.failure(TooLong())])).answer(
            "POST", "/v1/chat/completions", Self.hello + #","stream":true}"#)
        #expect(await exchange.response?.status == .badRequest)
        let error = await exchange.json["error"]
        #expect(error["code"].text == "context_length_exceeded")
        #expect(error["message"].text?.contains("2048") == true && error["message"].text?.contains("5000") == true)
    }

    @Test("what breaks in the server is for its log; a stream that has begun ends with an error event")
    func broken() async throws {
        let script: [ScriptedBackend.Step] = [
            .event(.prompt(PromptSummary(tokens: 1, cachedTokens: 0))),
            .event(.token(ChatToken(text: "a", at: .zero))), .failure(Broken()),
        ]
        let service = try service(ScriptedBackend(script: script))
        let whole = try await service.answer("POST", "/v1/chat/completions", Self.hello + "}")
        #expect(await whole.response?.status == .internalServerError)
        #expect(await whole.json["error"]["message"].text?.contains("secret") == false)
        #expect(await whole.record.failure == "/home/secret/model.gguf is damaged")
        let streamed = try await service.answer("POST", "/v1/chat/completions", Self.hello + #","stream":true}"#)
        #expect(await streamed.events.last.map(JSON.init)?["error"]["code"].text == "internal_error")
        #expect(await streamed.hasEnded)
    }

    @Test("a client that leaves ends its answer and gives its slot back")
    func leaving() async throws {
        let script: [ScriptedBackend.Step] = [
            .event(.prompt(PromptSummary(tokens: 1, cachedTokens: 0))),
            .event(.token(ChatToken(text: "a", at: .zero))), .event(.token(ChatToken(text: "b", at: .zero))),
            .waitForCancellation,
        ]
        let service = try service(ScriptedBackend(script: script))
        await #expect(throws: ClientGone.self) {
            _ = try await service.answer(
                "POST", "/v1/chat/completions", Self.hello + #","stream":true}"#, patience: 2)
        }
        #expect(service.entries[0].slots.freeCount == 1)
    }

    @Test(
        "who finds the queue full is told to come again; who gives up leaves it; who waits when it closes is sent away")
    func queue() async throws {
        let service = try service(
            ScriptedBackend(script: [.event(.prompt(PromptSummary(tokens: 1, cachedTokens: 0))), .waitForCancellation]),
            queue: 1)
        func ask() async throws -> RecordingExchange {
            try await service.answer("POST", "/v1/chat/completions", Self.hello + "}")
        }
        let slots = service.entries[0].slots
        let running = Task { try await ask() }
        while slots.freeCount > 0 { await Task.yield() }
        let waiting = Task { try await ask() }
        while slots.waitingCount == 0 { await Task.yield() }
        let refused = try await ask()
        #expect(await refused.response?.status == .tooManyRequests)
        #expect(await refused.response?.fields["Retry-After"] == "5")
        #expect(await refused.json["error"]["code"].text == "queue_full")
        waiting.cancel()
        await #expect(throws: CancellationError.self) { _ = try await waiting.value }
        let late = Task { try await ask() }
        while slots.waitingCount == 0 { await Task.yield() }
        service.close()
        for exchange in [try await late.value, try await ask()] {
            #expect(await exchange.response?.status == .unavailable)
        }
        running.cancel()
        await #expect(throws: CancellationError.self) { _ = try await running.value }
        #expect(slots.freeCount == 1)
    }

    @Test("without the key nothing but the health is told")
    func key() async throws {
        var configuration = ServerConfiguration()
        configuration.key = "secret"
        let service = try Service(
            models: [ServedModel(id: "tiny", sessions: [ScriptedBackend.answering(["a"])])],
            configuration: configuration)
        for path in ["/v1/models", "/v1/nothing", "/v1/chat/completions"] {
            let exchange = try await service.answer("GET", path)
            #expect(await exchange.response?.status == .unauthorized)
            #expect(await exchange.response?.fields["WWW-Authenticate"] == "Bearer")
        }
        #expect(try await service.answer("GET", "/health").json["status"].text == "ok")
        let fields: HTTPFields = ["Authorization": "Bearer secret"]
        #expect(try await service.answer("GET", "/v1/models", fields: fields).response?.status == .ok)
    }

    @Test("two models of one name can't be served")
    func sameName() throws {
        let model = ServedModel(id: "tiny", sessions: [ScriptedBackend.answering([])])
        #expect(throws: ServerError.sameName("tiny")) {
            _ = try Service(models: [model, model], configuration: ServerConfiguration())
        }
    }
}
