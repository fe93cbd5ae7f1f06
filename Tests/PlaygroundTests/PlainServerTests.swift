import Chat
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

/// What plain text says of models on servers, and of thoughts.
@Suite struct PlainServerTests {
    /// A small model in this process beside a large one on a server, both open.
    private struct Plain {
        var playground: PlainPlayground
        var text = ""
        var effects: [Effect] = []

        init(
            _ large: ModelProfile = PlaygroundSample.serviceProfile, small: ModelProfile = PlaygroundSample.smallProfile
        ) {
            let panes = [Pane(role: .small, model: "a"), Pane(role: .large, model: "b")]
            playground = PlainPlayground(
                state: State(size: Size(columns: 80, rows: 24), panes: panes), isInteractive: false)
            take(.started)
            take(.libraryRead(history: [], starters: []))
            take(.modelsListed([]))
            let loads = effects.compactMap { if case .load(let request) = $0 { request } else { nil } }
            for (request, profile) in zip(loads, [small, large]) { take(.load(request.id, .ready(profile, nil))) }
        }

        mutating func take(_ event: Event) { add(playground.take(event)) }
        mutating func enter(_ line: String) { add(playground.enter(line)) }

        private mutating func add(_ step: PlainPlayground.Step) {
            text += step.text
            effects += step.effects
        }

        /// Reports events of a pane's latest run.
        mutating func chat(_ pane: Int, _ events: ChatEvent...) {
            let id = playground.state.panes[pane].id
            let runs = effects.compactMap { if case .generate(let request) = $0 { request } else { nil } }
            guard let run = runs.last(where: { $0.pane == id }) else { return }
            for event in events { take(.run(run.id, .chat(event))) }
        }

        /// Both answer, the large one after a thought and with all that a server can tell.
        mutating func converse(isThinking: Bool = true) {
            enter("Hi")
            chat(
                0, .prompt(PromptSummary(tokens: 9, cachedTokens: 0)),
                .token(ChatToken(id: 1, text: "Yes", at: .milliseconds(20))),
                .token(ChatToken(id: 2, text: ".", at: .milliseconds(30))), .finished(.stop, at: .milliseconds(31)))
            chat(1, .request(PlaygroundSample.timeline(retries: 1)), .note("turned away"))
            if isThinking {
                for (index, word) in ["Well,", " maybe"].enumerated() {
                    let at = Duration.milliseconds(790 + 10 * index)
                    chat(1, .token(ChatToken(text: word, channel: .reasoning, isChunk: true, at: at)))
                }
            }
            chat(1, .token(ChatToken(text: "No", isChunk: true, at: .milliseconds(840))))
            chat(1, .token(ChatToken(text: ".", isChunk: true, at: .milliseconds(850))))
            chat(1, .server(PlaygroundSample.serverReport), .finished(.stop, at: .milliseconds(860)))
        }
    }

    @Test func whereAModelIsIsSaidWhenItIsOpen() {
        #expect(Plain().text.contains("large: qwen3-32b, on models.example (vLLM), context 32768, opened in 80.3 ms\n"))
        #expect(
            Plain(PlaygroundSample.bareProfile).text.contains(
                "large: large, on gpu-box:8080, context unknown, opened in 12.4 ms; plain HTTP: whoever is on the way to "
                    + "gpu-box:8080 can read prompts and answers\n"))
    }

    @Test func aThoughtIsALineBeforeTheAnswer() {
        var plain = Plain()
        plain.converse()
        #expect(
            plain.text.contains(
                "large, qwen3-32b:\n(thought for 50.0 ms, 2 chunks)\nNo.\n(turned away)\n"))
        #expect(!plain.text.contains("maybe"))
    }

    @Test func thoughtsComeInFullWhereTheyAreWanted() {
        var plain = Plain()
        plain.enter("/thoughts")
        plain.converse()
        #expect(plain.text.contains("large, qwen3-32b:\nWell, maybe\n(thought for 50.0 ms, 2 chunks)\nNo.\n"))
    }

    @Test func thoughtsWithoutAnAnswerAreToldToo() {
        var plain = Plain()
        plain.enter("Hi")
        plain.chat(0, .token(ChatToken(id: 1, text: "Yes", at: .zero)), .finished(.stop, at: .zero))
        plain.chat(1, .token(ChatToken(text: "Well", channel: .reasoning, at: .milliseconds(9))))
        plain.chat(1, .finished(.length, at: .milliseconds(9)))
        #expect(plain.text.contains("large, qwen3-32b:\n(thought, 1 token)\n(ended at 1 token, the limit set)\n"))
    }

    @Test func theTableHasTheWayOfTheRequestAndTheCost() throws {
        var plain = Plain()
        plain.converse(isThinking: false)
        let lines = plain.text.split(separator: "\n").map { $0.split(separator: "  ").map { $0.filter { $0 != " " } } }
        func row(_ name: String) -> [String]? { lines.first { $0.first == name.filter { $0 != " " } } }
        #expect(row("turned away, waiting") == ["turnedaway,waiting", "–", "500ms"])
        #expect(row("lookup, connect, TLS") == ["lookup,connect,TLS", "–", "38.8ms"])
        #expect(row("sent to first byte") == ["senttofirstbyte", "–", "197ms"])
        #expect(row("first byte to first token") == ["firstbytetofirsttoken", "–", "54.0ms"])
        #expect(row("prefill, server's clock") == ["prefill,server'sclock", "–", "176tok/s"])
        #expect(row("between tokens, p50") == ["betweentokens,p50", "10.0ms", "–"])
        #expect(row("between chunks, p50") == ["betweenchunks,p50", "–", "10.0ms"])
        #expect(row("memory") == ["memory", "–", "onitsserver"])
        #expect(row("cost") == ["cost", "–", "$0.00025"])
        #expect(row("a thousand such answers") == ["athousandsuchanswers", "–", "$0.25"])
        #expect(row("first of the answer (TTFO)") == nil)
    }

    @Test func modelsHereHaveNoRowsOfServers() {
        var plain = Plain(PlaygroundSample.largeProfile)
        plain.enter("Hi")
        for pane in 0...1 {
            plain.chat(pane, .token(ChatToken(id: 1, text: "a", at: .milliseconds(1))), .finished(.stop, at: .zero))
        }
        for word in ["TLS", "server", "chunks", "cost"] { #expect(!plain.text.contains(word), "\(word)") }
    }

    @Test func theStepsOfThePageAreLines() {
        var plain = Plain()
        plain.converse()
        let before = plain.text.count
        plain.enter("/stats")
        let page = plain.text.dropFirst(before)
        #expect(page.contains(/\n  sent to first byte +197 ms  here\n/))
        #expect(page.contains(/\n    prefill +131 ms  server\n/))
        #expect(!page.contains("█"))
    }

    @Test func aLackOfLikelihoodsIsExplained() {
        var plain = Plain(PlaygroundSample.bareProfile)
        plain.converse()
        plain.enter("/inspect @large")
        #expect(plain.text.contains("large · 4 chunks\n"))
        #expect(plain.text.contains("thought"))
        plain.enter("/inspect 3 @large")
        #expect(plain.text.contains("gpu-box:8080 sent no log-probabilities"))
    }

    @Test func hiddenAnswersSayNothingOfThoughtsAndServers() {
        var plain = Plain()
        plain.enter("/thoughts")
        plain.enter("/blind")
        let before = plain.text.count
        plain.converse()
        let said = plain.text.dropFirst(before)
        #expect(plain.playground.asksForVote)
        for word in ["maybe", "thought", "models.example", "turned", "$"] { #expect(!said.contains(word), "\(word)") }
    }
}
