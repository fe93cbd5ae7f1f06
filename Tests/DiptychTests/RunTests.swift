import Chat
import ChatTestSupport
import Foundation
import Testing

@testable import diptych

@Suite("run")
struct RunTests {
    @Test("writes one document with every step")
    func json() async throws {
        let top = [
            ChatToken.Alternative(id: 7, text: "a", logprob: -0.25),
            ChatToken.Alternative(id: 8, text: "b", logprob: -1.5),
        ]
        let backend = ScriptedBackend(script: [
            .event(.prompt(PromptSummary(tokens: 4, cachedTokens: 1))),
            .event(
                .token(
                    ChatToken(id: 7, text: "a", logprob: -0.25, entropy: 0.75, alternatives: top, at: .milliseconds(20))
                )),
            .event(.token(ChatToken(id: 8, text: "", logprob: -0.5, at: .milliseconds(30)))),
            .event(.note("short of breath")),
            .event(
                .resources(
                    ResourceUse(
                        processorTime: .milliseconds(50), elapsed: .milliseconds(25),
                        energy: .measured(joules: 1.25, domain: "package-0")))),
            .event(.finished(.length, at: .milliseconds(31))),
        ])
        let (output, notes) = (MemoryOutput(), MemoryOutput())
        try await RunWriter(isJSON: true, output: output.output, notes: notes.output)
            .write(Sample.request, answeredBy: backend)

        let object = try #require(JSONSerialization.jsonObject(with: Data(output.text.utf8)) as? [String: Any])
        #expect(object["schema"] as? Int == 1)
        #expect(object["text"] as? String == "a")
        #expect(object["finish"] as? String == "length")
        #expect(object["prompt_tokens"] as? Int == 4)
        let steps = try #require(object["steps"] as? [[String: Any]])
        #expect(steps.map { $0["id"] as? Int } == [7, 8])
        #expect(steps.map { $0["text"] as? String } == ["a", ""])
        #expect(steps.map { $0["logprob"] as? Double } == [-0.25, -0.5])
        #expect(steps.map { $0["entropy"] as? Double } == [0.75, nil])
        let alternatives = try #require(steps.first?["top"] as? [[String: Any]])
        #expect(alternatives.map { $0["id"] as? Int } == [7, 8])
        #expect(alternatives.map { $0["text"] as? String } == ["a", "b"])
        #expect(alternatives.map { $0["logprob"] as? Double } == [-0.25, -1.5])
        let metrics = try #require(object["metrics"] as? [String: Any])
        #expect(metrics["ttft_ms"] as? Double == 20)
        #expect(metrics["cached_tokens"] as? Int == 1)
        let resources = try #require(metrics["resources"] as? [String: Any])
        #expect(resources["cpu_ms"] as? Double == 50)
        #expect(resources["elapsed_ms"] as? Double == 25)
        #expect(resources["busy_processors"] as? Double == 2)
        #expect(resources["energy_joules"] as? Double == 1.25)
        #expect(resources["energy_note"] as? String == "package-0")
        #expect(notes.text == "diptych: short of breath\n")
    }

    @Test("streams the answer, and nothing but the answer, to a pipe")
    func text() async throws {
        let (output, notes) = (MemoryOutput(), MemoryOutput())
        try await RunWriter(isJSON: false, output: output.output, notes: notes.output)
            .write(Sample.request, answeredBy: ScriptedBackend.answering(["The ", "Rhine", "."]))
        #expect(output.text == "The Rhine.\n")
        #expect(notes.text.isEmpty)
    }

    @Test("sums the figures up where a person reads along")
    func figures() async throws {
        let notes = MemoryOutput(isTerminal: true)
        try await RunWriter(isJSON: false, output: MemoryOutput().output, notes: notes.output)
            .write(Sample.request, answeredBy: ScriptedBackend.answering(["a", "b", "c"]))
        #expect(
            notes.text == "diptych: 3 tokens, the first after 50.0 ms, then 100 tok/s; prompt of 10 tokens\n")
    }

    @Test("a stream that ends without having finished was cancelled")
    func cancelled() async {
        let backend = ScriptedBackend(script: [.event(.token(ChatToken(text: "a", at: .zero)))])
        await #expect(throws: CancellationError.self) { _ = try await backend.generate(Sample.request) }
    }
}
