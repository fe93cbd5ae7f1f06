import Chat
import ChatTestSupport
import Foundation

@testable import Recording

/// Sessions and records that several tests start from.
enum Sample {
    static let machine = RecordedMachine(
        system: "Linux 6.1", processor: "A processor", kernels: "avx2", processors: 2, memoryBytes: 8 << 30)

    static let header = SessionHeader(
        program: "diptych", version: "0.1.0", started: Date(timeIntervalSince1970: 1_796_000_000), machine: machine)

    static let memory = MemoryUse(
        weightsMapped: 1000, weightsResident: 900, repacked: 30, keyValueCache: 60, scratch: 10)

    static func opening(
        _ pane: Int, role: PaneRole? = nil, name: String = "tiny", at: Duration = .zero
    ) -> PaneOpening {
        PaneOpening(
            pane: pane, at: at, role: role, model: "models/\(name).gguf", profile: .scripted(name: name),
            file: RecordedModelFile(
                name: "\(name).gguf", sha256: String(repeating: "ab", count: 32), hashSource: .computed),
            parameters: PaneParameters(
                contextLength: 2048, threads: 2, cacheFormat: "f16", systemPrompt: "Be brief.",
                sampling: SamplingOptions(temperature: 0.5, seed: .max)))
    }

    static func start(
        _ run: Int, pane: Int, turn: Int, purpose: RunStart.Purpose = .answer, prompt: String = "Name a river.",
        at: Duration
    ) -> RunStart {
        let messages = [Message(role: .system, content: "Be brief."), Message(role: .user, content: prompt)]
        return RunStart(
            run: run, pane: pane, turn: turn, purpose: purpose, prompt: prompt,
            request: ChatRequest(
                messages: messages, sampling: SamplingOptions(temperature: 0.5), maximumTokens: 40, topLogprobs: 2,
                speculation: .lookup),
            started: Date(timeIntervalSince1970: 1_796_000_001), at: at)
    }

    /// A run that answers with these words: the first after `first`, then one every `gap`.
    static func answer(
        _ words: [String], run: Int, first: Duration = .milliseconds(50), gap: Duration = .milliseconds(10)
    ) -> [SessionRecord] {
        var events: [ChatEvent] = [
            .prompt(PromptSummary(tokens: 12, cachedTokens: 2)), .prefill(computed: 0, of: 10, at: .milliseconds(1)),
            .prefill(computed: 10, of: 10, at: first - .milliseconds(1)), .memory(memory),
        ]
        for (index, word) in words.enumerated() {
            let alternatives = [
                ChatToken.Alternative(id: 100 + index, text: word, logprob: -0.25),
                ChatToken.Alternative(id: 7, text: " else", logprob: -1.5),
            ]
            events.append(
                .token(
                    ChatToken(
                        id: 100 + index, text: word, logprob: -0.25, entropy: 0.75, alternatives: alternatives,
                        isDrafted: index == 1, at: first + gap * index)))
        }
        let end = first + gap * max(0, words.count - 1) + .milliseconds(1)
        var larger = memory
        larger.keyValueCache += 500
        events += [
            .memory(larger),
            .resources(
                ResourceUse(
                    processorTime: end * 2, elapsed: end, energy: .measured(joules: 1.5, domain: "package-0"))),
            .finished(.stop, at: end),
        ]
        return events.map { .event(run: run, $0) }
    }

    /// A request that was turned away once and carried by a new connection.
    static let timeline: RequestTimeline = {
        var timeline = RequestTimeline()
        timeline.attempts = 2
        timeline.started = .milliseconds(10)
        timeline.lookedUp = .milliseconds(11)
        timeline.connected = .milliseconds(13)
        timeline.secured = .milliseconds(17)
        timeline.sent = .milliseconds(18)
        timeline.firstByte = .milliseconds(26)
        timeline.firstToken = .milliseconds(30)
        timeline.httpVersion = "HTTP/2"
        return timeline
    }()

    static let report = ServerReport(
        promptTokens: 12, cachedTokens: 4, completionTokens: 3, reasoningTokens: 1, prefill: .milliseconds(8),
        prefillTokens: 8, decode: .milliseconds(20), decodeTokens: 3, load: .milliseconds(2))

    /// Two panes; a prompt in both, a run that failed and one that was stopped, a vote, a remark.
    static let records: [SessionRecord] =
        [
            .paneOpened(opening(0, role: .small, name: "tiny")),
            .paneOpened(opening(1, role: .large, name: "huge", at: .milliseconds(20))),
            .runStarted(start(1, pane: 0, turn: 1, at: .seconds(1))),
        ] + answer(["The ", "Rhine", "."], run: 1) + [.runStarted(start(2, pane: 1, turn: 1, at: .milliseconds(1100)))]
        + answer(["The ", "Rhône", ", ", "say."], run: 2, first: .milliseconds(100), gap: .milliseconds(20))
        + [
            .vote(Vote(prompt: "Name a river.", panes: [1, 0], outcome: .won(pane: 1), at: .seconds(2))),
            .runStarted(start(3, pane: 0, turn: 2, prompt: "And a lake?", at: .seconds(30))),
            .event(run: 3, .note("the prompt was cut")),
            .event(run: 3, .speculation(SpeculationFigures(drafted: 4, accepted: 3, passes: 5, tokens: 8))),
            .failed(run: 3, message: "the context is full", at: .milliseconds(5)),
            .runStarted(start(4, pane: 1, turn: 2, prompt: "And a lake?", at: .seconds(31))),
            .event(run: 4, .request(timeline)),
            .event(run: 4, .server(report)),
            .event(run: 4, .token(ChatToken(text: "Lake", isChunk: true, at: .milliseconds(30)))),
            .cancelled(run: 4, at: .milliseconds(45)),
            .remark(Remark(text: "The lakes were a mistake.", at: .seconds(40))),
            .paneClosed(pane: 1, at: .seconds(41)),
        ]

    /// The session as its file would have it.
    static func session(_ records: [SessionRecord] = records) throws -> RecordedSession {
        let folder = try TemporaryFolder()
        return try RecordedSession(reading: SessionFile(path: folder.write(records)))
    }
}
