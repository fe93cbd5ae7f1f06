import Chat
import Foundation
import Synchronization
import Testing
import Transport
import TransportTestSupport

@testable import Backends

@Suite struct OpenAIBackendTests {
    @Test func theServerSaysWhatItHas() throws {
        let server = try ScriptedServer.openAI(owner: "vllm") { _, _ in .answer([]) }
        let profile = try OpenAIBackend.open(server.endpoint()).profile
        #expect(profile.name == "big" && profile.contextLength == 4096)
        #expect(profile.server == ModelServer(host: "127.0.0.1:\(server.port)", software: "vLLM", isSecure: false))
        #expect(profile.parameterCount == nil && profile.fileBytes == nil && profile.threads == nil)
    }

    @Test func anAnswerStreams() async throws {
        let server = try ScriptedServer.openAI { _, _ in .answer(["The ", "Rhine", "."]) }
        let outcome = try await OpenAIBackend.open(server.endpoint()).outcome()
        #expect(outcome.error == nil && outcome.text == "The Rhine." && outcome.finish == .stop)
        let timeline = try #require(outcome.timeline)
        #expect(timeline.attempts == 1 && timeline.httpVersion == "HTTP/1.1")
        #expect(timeline.firstToken == outcome.tokens.first?.at)
        let times = [timeline.lookedUp, timeline.connected, timeline.sent, timeline.firstByte, timeline.firstToken]
        #expect(times.allSatisfy { $0 != nil })
        #expect(times.compactMap { $0 } == times.compactMap { $0 }.sorted())
        var recorder = MetricsRecorder(profile: .init(name: "big", loadDuration: .zero))
        for event in outcome.events { recorder.record(event) }
        #expect(recorder.metrics.promptTokens == 7 && recorder.metrics.generatedTokens == 3)
        let body = try #require(server.requests.last?.body)
        #expect(String(decoding: body, as: UTF8.self).contains(#""include_usage":true"#))
    }

    /// One byte at a time, in the middle of characters and line ends too.
    @Test func anAnswerStreamsInAnyPieces() async throws {
        let server = try ScriptedServer.openAI { _, _ in
            let all = ScriptedServer.Reply.head + ScriptedServer.Reply.event("Rhône 🙂") + ScriptedServer.Reply.ending()
            var reply = ScriptedServer.Reply()
            reply.steps = all.utf8.map { .bytes([$0]) }
            return reply
        }
        let outcome = try await OpenAIBackend.open(server.endpoint(patience: 20)).outcome()
        #expect(outcome.text == "Rhône 🙂" && outcome.finish == .stop)
    }

    @Test func turnedAwayIsTriedAgain() async throws {
        let server = try ScriptedServer.openAI { _, number in
            number < 3 ? .json("{}", status: 429, headers: ["Retry-After": "0"]) : .answer(["ok"])
        }
        let outcome = try await OpenAIBackend.open(server.endpoint()).outcome()
        #expect(outcome.text == "ok" && outcome.timeline?.attempts == 3)
        #expect(outcome.notes.count == 2 && outcome.notes[0].contains("HTTP status 429"))
        #expect(outcome.timeline?.phases.first?.step == .waiting)
    }

    @Test func whatAServerRejectsIsLeftOut() async throws {
        let server = try ScriptedServer.openAI { request, _ in
            let body = String(decoding: request.body, as: UTF8.self)
            for field in ["stream_options", "logprobs"] where body.contains(field) {
                return .json(#"{"error":{"message":"unknown field '\#(field)'"}}"#, status: 400)
            }
            return .answer(["ok"])
        }
        let backend = try OpenAIBackend.open(server.endpoint())
        var request = ChatRequest.question
        request.topLogprobs = 5
        let first = await backend.outcome(of: request)
        #expect(first.text == "ok" && first.notes.count == 2)
        let count = server.requests.count
        // The second time it is known.
        #expect(await backend.outcome(of: request).text == "ok")
        #expect(server.requests.count == count + 1)
    }

    /// A server that takes the length of an answer under neither name is asked under both, once each.
    @Test func aServerThatRejectsEverythingIsNotAskedForEver() async throws {
        let server = try ScriptedServer.openAI { _, _ in
            .json(#"{"error":{"message":"use max_tokens, not max_completion_tokens, or the other"}}"#, status: 400)
        }
        let outcome = try await OpenAIBackend.open(server.endpoint()).outcome()
        #expect(outcome.complaint.contains("HTTP status 400"))
        #expect(server.requests.count == 3)
    }

    @Test func theQuestionForUsageCanBeTurnedOff() async throws {
        let server = try ScriptedServer.openAI { _, _ in .answer(["ok"]) }
        var endpoint = try server.endpoint()
        endpoint.asksForUsage = false
        _ = try await OpenAIBackend.open(endpoint).outcome()
        let body = String(decoding: server.requests.last?.body ?? [], as: UTF8.self)
        #expect(!body.contains("stream_options"))
    }

    @Test func connectionsAreKept() async throws {
        let server = try ScriptedServer { request, _ in
            var reply: ScriptedServer.Reply =
                request.path.hasSuffix("/models")
                ? .models()
                : .json(#"{"choices":[{"message":{"content":"whole"},"finish_reason":"stop"}]}"#)
            reply.keepsOpen = true
            return reply
        }
        let backend = try OpenAIBackend.open(server.endpoint())
        let outcomes = [await backend.outcome(), await backend.outcome()]
        #expect(outcomes.allSatisfy { $0.text == "whole" && $0.timeline?.reusedConnection == true })
        #expect(outcomes[0].notes.contains { $0.contains("doesn't stream") })
        #expect(server.connectionCount == 1)
    }

    @Test func cancellingEndsTheRequestAtTheServer() async throws {
        let server = try ScriptedServer.openAI { _, _ in
            .steps(.send(ScriptedServer.Reply.head), .sendForever(ScriptedServer.Reply.event("more ")))
        }
        let backend = try OpenAIBackend.open(server.endpoint(patience: 600))
        let count = Mutex(0)
        let task = Task {
            for try await event in backend.respond(to: .question) {
                if case .token = event { count.withLock { $0 += 1 } }
            }
        }
        #expect(await eventually { count.withLock { $0 > 3 } })
        task.cancel()
        try await task.value
        #expect(await eventually { server.departureCount == 1 })
    }

    @Test func aServersOnlyModelNeedsNoName() throws {
        let server = try ScriptedServer.openAI { _, _ in .answer([]) }
        #expect(try OpenAIBackend.open(server.endpoint(model: nil)).profile.name == "big")
    }

    @Test func anUnknownModelIsNamedWithThoseThatThereAre() throws {
        let server = try ScriptedServer.openAI { _, _ in .answer([]) }
        let error = #expect(throws: OpenAIError.self) { try OpenAIBackend.open(server.endpoint(model: "bigger")) }
        #expect(error?.description.contains("has no model 'bigger', did you mean big? it has big") == true)
    }

    @Test func aGatewayWithoutAListIsTakenAtItsWord() async throws {
        let server = try ScriptedServer { request, _ in
            request.path.hasSuffix("/models") ? .json("{}", status: 404) : .answer(["ok"])
        }
        let backend = try OpenAIBackend.open(server.endpoint(model: "anything"))
        #expect(backend.profile.contextLength == nil)
        #expect(await backend.outcome().text == "ok")
        #expect(throws: OpenAIError.needsModel(host: "127.0.0.1:\(server.port)", known: [])) {
            try OpenAIBackend.open(server.endpoint(model: nil))
        }
    }

    @Test func aModelThatIsBeingLoadedIsWaitedFor() throws {
        let server = try ScriptedServer { _, number in
            number < 2 ? .json(#"{"error":{"message":"Loading model","code":503}}"#, status: 503) : .models()
        }
        var endpoint = try server.endpoint(patience: 20)
        endpoint.retries.attempts = 1
        #expect(try OpenAIBackend.open(endpoint).profile.name == "big")
        #expect(server.requests.count == 3)
    }

    @Test func anotherMachineNeedsTLSOrAYes() throws {
        var endpoint = OpenAIEndpoint(url: try OpenAIURL("http://models.invalid/v1"), model: "big")
        let error = #expect(throws: OpenAIError.self) { try OpenAIBackend.open(endpoint) }
        #expect(error?.description.contains("--allow-plain-http") == true)
        endpoint.allowsPlainHTTP = true
        endpoint.timeouts.connect = 5
        #expect(throws: OpenAIError.self) { try OpenAIBackend.open(endpoint) }
    }

    @Test func beginningsAreContinuedWhereTheServerCan() async throws {
        let llama = try ScriptedServer.openAI(owner: "llamacpp") { _, _ in .answer(["Rhine"]) }
        var request = ChatRequest.question
        request.answerPrefix = .text("The ")
        #expect(try await OpenAIBackend.open(llama.endpoint()).outcome(of: request).text == "Rhine")
        let other = try ScriptedServer.openAI { _, _ in .answer(["Rhine"]) }
        let outcome = try await OpenAIBackend.open(other.endpoint()).outcome(of: request)
        #expect(outcome.complaint.contains("isn't known to continue an answer"))
        request.answerPrefix = .tokens([1])
        #expect(try await OpenAIBackend.open(llama.endpoint()).outcome(of: request).complaint.contains("not tokens"))
    }
}
