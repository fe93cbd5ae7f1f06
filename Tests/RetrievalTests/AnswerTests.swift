import Chat
import ChatTestSupport
import Foundation
import Testing

@testable import Retrieval

/// Answers from an index.
@Suite("Answers")
struct AnswerTests {
    private func answer(
        _ question: String, by backend: any ChatBackend, options: Answerer.Options = .init()
    ) async throws -> [AnswerEvent] {
        let folder = try SampleFolder()
        try await folder.build()
        let answerer = Answerer(searcher: try await folder.searcher(), backend: backend, options: options)
        var events: [AnswerEvent] = []
        for try await event in answerer.answer(question) { events.append(event) }
        return events
    }

    @Test("found, prompt, tokens, end; the answer's citations are places")
    func order() async throws {
        let backend = ScriptedBackend.answering(["In", " a harbour", " [1]", " [9]."])
        let events = try await answer("where do ships rest", by: backend)
        guard case .searched(let result)? = events.first, case .prompt(let prompt) = events[1],
            case .finished(let answer)? = events.last
        else {
            Issue.record("\(events)")
            return
        }
        #expect(prompt.sources == result.hits && answer.sources == result.hits)
        #expect(answer.text == "In a harbour [1] [9].")
        #expect(answer.textWithPlaces == "In a harbour [notes/ships.txt:1-3] [9].")
        #expect(answer.citations.known == [1] && answer.citations.unknown == [9])
        #expect(answer.warnings.count == 1 && answer.warnings[0].hasPrefix("[9]: "))
        #expect(answer.metrics.generatedTokens == 4 && answer.search == result.times)
        let request = try #require(backend.requests.first)
        #expect(request.messages == prompt.messages && request.maximumTokens == 256)
        let user = try #require(request.messages.last?.content)
        #expect(user.contains("[1] notes/ships.txt:1-3\nShips sail the sea."))
        #expect(user.contains("\n\nQuestion: where do ships rest\n\n"))
    }

    @Test("where nothing is about the question, the large model isn't asked")
    func nothing() async throws {
        let backend = ScriptedBackend.answering(["No."])
        let events = try await answer("quantum chromodynamics lattice", by: backend)
        guard case .nothingFound? = events.last else {
            Issue.record("\(events)")
            return
        }
        #expect(backend.requests.isEmpty && events.count == 2)
    }

    @Test("as many sources as leave room for the answer")
    func budget() async throws {
        var options = Answerer.Options()
        options.maximumTokens = 20
        let roomy = ScriptedBackend.answering(["x"])
        guard case .prompt(let all) = try await answer("ships bread tokens", by: roomy, options: options)[1] else {
            Issue.record("no prompt")
            return
        }
        #expect(all.sources.count == 3)
        let one = SourcePrompt(question: "ships bread tokens", sources: Array(all.sources.prefix(1)))
        let narrow = ScriptedBackend.answering(
            ["x"], profile: .scripted(contextLength: one.estimatedTokens + 20))
        guard case .prompt(let few) = try await answer("ships bread tokens", by: narrow, options: options)[1] else {
            Issue.record("no prompt")
            return
        }
        #expect(few.sources == one.sources)
        let none = ScriptedBackend.answering(["x"], profile: .scripted(contextLength: 30))
        await #expect(throws: AnswerError.self) {
            _ = try await answer("ships bread tokens", by: none, options: options)
        }
    }

    @Test("a backend's failure is the stream's")
    func failure() async throws {
        struct Broken: Error {}
        let backend = ScriptedBackend(script: [.failure(Broken())])
        await #expect(throws: Broken.self) { _ = try await answer("ships", by: backend) }
    }

    @Test(
        "citations",
        arguments: [
            ("It is so [1].", [1], []), ("So [1][3], so [2, 1].", [1, 3, 2], []), ("[1-3] and [2–3]", [1, 2, 3], []),
            ("See [4] and [0].", [], [4, 0]), ("file[1] a[9] f()[7]", [1], []), ("[2](http://x) [note] []", [], []),
            ("[[1]]", [1], []), ("[1", [], []), ("[ 2 ]", [2], []), ("[1, x]", [], []), ("[3-1] [1-99999]", [], []),
            ("[99999999999999999999]", [], []), ("", [], []), ("[1-70]", [], []),
        ] as [(String, [Int], [Int])])
    func citations(text: String, known: [Int], unknown: [Int]) {
        let citations = Citations(in: text, sources: 3)
        #expect(citations.known == known)
        #expect(citations.unknown == unknown)
    }

    @Test("without sources every number is made up")
    func noSources() {
        #expect(Citations(in: "[1]", sources: 0).unknown == [1])
    }

    @Test("an answer without citations, and one that was cut, are told")
    func warnings() {
        let answer = GroundedAnswer(
            question: "q", text: "Words.", sources: [], finish: .length, search: .init(),
            metrics: MetricsRecorder(profile: .scripted()).metrics)
        #expect(answer.warnings.count == 2)
    }

    @Test(
        "citations are spelled out, and nothing else is",
        arguments: [
            ("So [1], so [2, 3].", "So [a:1], so [b:2, c:3]."), ("[1-3]", "[a:1, b:2, c:3]"),
            ("[4] [1,9]", "[4] [a:1, 9]"),
            ("[1](x) list[7]", "[1](x) list[7]"), ("[[2]]", "[[b:2]]"), ("", ""), ("[", "["),
        ])
    func spelledOut(text: String, expected: String) {
        #expect(Citations.spelledOut(text, places: ["a:1", "b:2", "c:3"]) == expected)
    }
}
