import Backends
import Chat
import EngineTestSupport
import InferenceCore
import Testing

struct LocalBackendTests {
    /// A backend over a tiny model.
    private func backend(_ architecture: TinyModel.Architecture, contextLength: Int? = nil) throws -> LocalBackend {
        let folder = try TemporaryFolder()
        return try withExtendedLifetime(folder) {
            try LocalBackend.open(
                path: TinyModel(architecture).write(to: folder), name: "tiny", runtime: Runtime(threads: 2),
                contextLength: contextLength)
        }
    }

    private func request(_ text: String, tokens: Int = 6) -> ChatRequest {
        ChatRequest(messages: [Message(role: .user, content: text)], maximumTokens: tokens, topLogprobs: 2)
    }

    private func events(_ backend: LocalBackend, _ request: ChatRequest) async throws -> [ChatEvent] {
        var events: [ChatEvent] = []
        for try await event in backend.respond(to: request) { events.append(event) }
        return events
    }

    @Test("the profile says what was opened")
    func profile() throws {
        let profile = try backend(.qwen2, contextLength: 100).profile
        #expect(profile.name == "tiny")
        #expect(profile.architecture == "qwen2")
        #expect(profile.contextLength == 100)
        #expect(profile.hasChatTemplate)
        let parameterCount = try #require(profile.parameterCount)
        #expect(parameterCount > 10_000)
        #expect(try #require(profile.fileBytes) > 4 * parameterCount)
        #expect(profile.loadDuration > .zero)
    }

    @Test("events come in order, their times never go back")
    func order() async throws {
        let events = try await events(backend(.llama), request("hi"))
        guard case .prompt(let prompt) = events.first else {
            Issue.record("first event: \(events.first.debugDescription)")
            return
        }
        #expect(prompt.cachedTokens == 0)
        var last = Duration.zero
        var tokens = 0
        var computed = 0
        var resources: ResourceUse?
        for event in events.dropFirst() {
            switch event {
            case .prefill(let done, let total, let at):
                #expect(at >= last && done <= total && total == prompt.tokens)
                (computed, last) = (done, at)
            case .token(let token):
                #expect(computed == prompt.tokens, "prefill ends before the first token")
                #expect(token.at >= last)
                #expect(token.id != nil && token.alternatives.count == 2 && token.entropy != nil)
                (tokens, last) = (tokens + 1, token.at)
            case .memory(let memory):
                #expect(memory.weightsResident > 0 && memory.keyValueCache > 0 && memory.scratch > 0)
            case .finished(let reason, let at):
                #expect(at >= last)
                #expect(reason == .length ? tokens == 6 : reason == .stop)
                #expect(event == events.last && resources != nil)
            case .resources(let use):
                #expect(resources == nil && tokens > 0 && use.processorTime > .zero && use.elapsed >= last)
                resources = use
            case .prompt, .note, .speculation, .request, .server: Issue.record("unexpected \(event)")
            }
        }
        // Looking at the memory once more is no part of what the run took.
        guard case .resources = events.dropLast(2).last, case .memory = events.dropLast().last else {
            Issue.record("last events: \(events.suffix(3))")
            return
        }
    }

    @Test("a follow-up finds the conversation in the cache")
    func followUp() async throws {
        let backend = try backend(.llama)
        var request = request("hi")
        let first = try await events(backend, request)
        var text = ""
        for case .token(let token) in first { text += token.text }
        request.messages += [Message(role: .assistant, content: text), Message(role: .user, content: "and?")]
        guard case .prompt(let prompt) = try await events(backend, request).first else { return }
        #expect(prompt.cachedTokens > 0)
        #expect(prompt.cachedTokens < prompt.tokens)
    }

    @Test("a base model continues the raw text, and says so")
    func baseModel() async throws {
        let backend = try backend(.gemma3)
        #expect(!backend.profile.hasChatTemplate)
        let events = try await events(backend, request("Once"))
        #expect(events.contains { if case .note(let note) = $0 { note.contains("no chat template") } else { false } })
        var raw = request("Once")
        raw.rendering = .raw
        let quiet = try await self.events(backend, raw)
        #expect(!quiet.contains { if case .note = $0 { true } else { false } })
    }

    @Test("an over-long prompt is an error of one line that names both lengths")
    func overlongPrompt() async throws {
        let backend = try backend(.llama, contextLength: 32)
        let error = await #expect(throws: ModelError.self) {
            _ = try await events(backend, request(String(repeating: "words ", count: 100)))
        }
        let line = error.map { "\($0)" } ?? ""
        #expect(line.contains("32") && !line.contains("\n"))
    }

    @Test("ending the consumer ends the run")
    func cancellation() async throws {
        let backend = try backend(.llama)
        let task = Task { try await events(backend, request("hi", tokens: 200)) }
        task.cancel()
        _ = try? await task.value
        #expect(try await events(backend, request("hi")).count > 3)
    }
}
