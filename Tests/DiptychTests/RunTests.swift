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

    private struct Broken: Error, CustomStringConvertible {
        var description: String { "the line broke; ask again" }
    }

    private static let broken = ScriptedBackend(script: [
        .event(.prompt(PromptSummary(tokens: 10, cachedTokens: 0))),
        .event(.token(ChatToken(text: "The ", at: .milliseconds(5)))), .failure(Broken()),
    ])

    @Test("what came before a failure is written, and the failure told")
    func failing() async throws {
        let text = MemoryOutput()
        await #expect(throws: Broken.self) {
            try await RunWriter(isJSON: false, output: text.output, notes: MemoryOutput().output)
                .write(Sample.request, answeredBy: Self.broken)
        }
        #expect(text.text == "The \n")
        let json = MemoryOutput()
        await #expect(throws: Broken.self) {
            try await RunWriter(isJSON: true, output: json.output, notes: MemoryOutput().output)
                .write(Sample.request, answeredBy: Self.broken)
        }
        let document = try #require(JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
        #expect(document["text"] as? String == "The " && document["finish"] == nil)
        #expect(document["error"] as? String == "the line broke; ask again")
    }

    @Test("the other model's answer isn't lost with one that fails", arguments: [false, true])
    func otherAnswer(isConcurrent: Bool) async throws {
        var comparison = Sample.comparison(isConcurrent: isConcurrent)
        comparison.contenders[1].open = { Self.broken }
        let text = MemoryOutput()
        let failure = await #expect(throws: CommandFailure.self) {
            try await ComparisonWriter(isJSON: false, output: text.output, notes: MemoryOutput().output).write(
                comparison)
        }
        #expect(failure?.message == "large: huge: the line broke; ask again")
        #expect(text.text.contains("The Rhine") && text.text.contains("The \n× the line broke; ask again"))
        #expect(text.text.contains(/ended by +stop +error/))
        let json = MemoryOutput()
        await #expect(throws: CommandFailure.self) {
            try await ComparisonWriter(isJSON: true, output: json.output, notes: MemoryOutput().output).write(
                comparison)
        }
        let document = try #require(JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
        let panes = try #require(document["panes"] as? [[String: Any]])
        #expect(panes[0]["answer"] as? String == "The Rhine" && panes[0]["error"] == nil)
        #expect(panes[1]["answer"] as? String == "The " && panes[1]["error"] != nil)
        #expect(document["comparison"] == nil)
    }

    @Test("an end that isn't the answer's is told")
    func otherEnds() async throws {
        for (finish, words) in [(FinishReason.refusal, "refused to go on"), (.toolCall, "asked for a tool")] {
            let notes = MemoryOutput()
            try await RunWriter(isJSON: false, output: MemoryOutput().output, notes: notes.output)
                .write(Sample.request, answeredBy: ScriptedBackend.answering(["a"], finish: finish))
            #expect(notes.text.contains(words))
        }
    }

    @Test("thoughts are no part of the answer")
    func thoughts() async throws {
        let backend = ScriptedBackend(script: [
            .event(.token(ChatToken(text: "hm", channel: .reasoning, at: .milliseconds(5)))),
            .event(.token(ChatToken(text: "Yes", at: .milliseconds(9)))),
            .event(.finished(.stop, at: .milliseconds(9))),
        ])
        let (output, json) = (MemoryOutput(), MemoryOutput())
        try await RunWriter(isJSON: false, output: output.output, notes: MemoryOutput().output)
            .write(Sample.request, answeredBy: backend)
        #expect(output.text == "Yes\n")
        try await RunWriter(isJSON: true, output: json.output, notes: MemoryOutput().output)
            .write(Sample.request, answeredBy: backend)
        let document = try #require(JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
        #expect(document["text"] as? String == "Yes" && document["reasoning"] as? String == "hm")
    }

    @Test("a stream that ends without having finished was cancelled")
    func cancelled() async {
        let backend = ScriptedBackend(script: [.event(.token(ChatToken(text: "a", at: .zero)))])
        await #expect(throws: CancellationError.self) { _ = try await backend.generate(Sample.request) }
    }
}
