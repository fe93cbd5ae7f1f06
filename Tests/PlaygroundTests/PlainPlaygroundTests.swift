import Chat
import Foundation
import PlaygroundTestSupport
import Reports
import Screen
import Testing

@testable import Playground

/// What a playground without a screen writes.
@Suite struct PlainPlaygroundTests {
    @Test func answersComeInPiecesUnderTheirHeadings() {
        var plain = Plain()
        plain.open()
        plain.enter("Name a river.")
        plain.answer(0, "The Rhine.", finish: nil)
        #expect(plain.text.hasSuffix("> Name a river.\n\nsmall, smollm2-135m-instruct:\nThe Rhine."))
        plain.finishAnswer(0)
        #expect(plain.text.hasSuffix("The Rhine.\n\nlarge, qwen2.5-coder-1.5b-instruct:\n"))
        plain.answer(1, "The Nile.")
        #expect(
            plain.text.contains(
                "\nThe Nile.\n\n                         small      large\nfirst token (TTFT)     50.0 ms    50.0 ms\n")
        )
        #expect(plain.text.contains("\nsmall parts at \" Rhine.\""))
        #expect(plain.isReady)
    }

    @Test func whatIsSaidMeanwhileWaitsForTheAnswersEnd() {
        var plain = Plain()
        plain.open()
        plain.enter("hi")
        plain.answer(0, "one two", finish: nil)
        plain.take(.warned("the disk is full"))
        #expect(plain.text.hasSuffix("one two"))
        plain.finishAnswer(0)
        #expect(plain.text.contains("one two\nthe disk is full\n"))
    }

    @Test func equalAnswersAreCalledTheSame() {
        var plain = Plain()
        plain.open()
        plain.enter("hi")
        plain.answer(0, "yes")
        plain.answer(1, "yes")
        #expect(plain.text.hasSuffix("\nThe answers are the same.\n\n"))
    }

    @Test func loadingIsSaidInQuarters() {
        var plain = Plain()
        plain.take(.started)
        let id = plain.loads[0].id
        for fraction in [0.1, 0.26, 0.3, 0.49, 0.8] { plain.take(.load(id, .progress(fraction))) }
        let lines = plain.text.split(separator: "\n").filter { $0.hasPrefix("small: opening") }
        #expect(
            lines.map { $0.split(separator: "…").last } == [
                "small: opening smollm2-135m-instruct", " 0 %", " 25 %", " 75 %",
            ])
        #expect(!plain.isReady)
    }

    @Test(arguments: [
        ("l", Vote.Choice.left), ("RIGHT", .right), ("t", .tie), ("both bad", .bothBad),
    ])
    func blindAnswersAreHiddenUntilTheVote(word: String, choice: Vote.Choice) {
        var plain = Plain()
        plain.open()
        plain.enter("/blind")
        let before = plain.text.count
        plain.enter("hi")
        plain.answer(0, "yes")
        #expect(plain.text.dropFirst(before) == "\n> hi\n")
        plain.answer(1, "no")
        let shown = String(plain.text.dropFirst(before))
        #expect(shown.contains("\nleft:\n") && shown.contains("\nright:\n"))
        #expect(!shown.contains("small") && !shown.contains("TTFT"))
        #expect(plain.asksForVote && plain.isReady)
        plain.enter("dunno")
        #expect(plain.text.contains("Which answer is better?"))
        plain.enter(word)
        #expect(plain.votes.map(\.choice) == [choice])
        #expect(plain.text.contains("first token (TTFT)"))
        #expect(!plain.asksForVote)
    }

    @Test func repeatsAreCountedAndTabled() {
        var plain = Plain()
        plain.open()
        plain.enter("hi")
        plain.answer(0, "yes")
        plain.answer(1, "no")
        plain.enter("/repeat 2")
        for pane in [0, 1, 1, 0] { plain.answer(pane, pane == 0 ? "yes" : "no") }
        #expect(plain.text.contains("repeating: round 2 of 2, 2 of 4 runs done…\n"))
        #expect(plain.text.contains("2 rounds, done\n"))
        #expect(plain.text.contains("small (2)"))
        #expect(plain.text.components(separatedBy: "\nyes\n").count == 2)
    }

    @Test func tokensAreListedAndBranchedFrom() throws {
        var plain = Plain()
        plain.open()
        plain.enter("hi")
        plain.answer(0, "yes indeed")
        plain.answer(1, "no")
        plain.enter("/inspect @small")
        plain.enter("/inspect")
        #expect(plain.text.contains("small · 2 tokens\n1  \"yes\"      97 %"))
        plain.enter("/inspect 2 @small")
        #expect(plain.text.contains("small · token 2 of 2\n"))
        #expect(plain.text.contains("/branch 2 NUMBER"))
        plain.enter("/branch 2 2 @small")
        let run = try #require(plain.runs.last)
        #expect(run.kind == .branch)
        #expect(run.chat.answerPrefix != nil)
        #expect(plain.playground.state.inspector == nil)
        plain.answer(0, " more")
        #expect(plain.text.contains("\nyes a more\n"))
        plain.enter("/branch 2 9")
        #expect(plain.text.contains("There is no alternative 9 at this token; it has 2."))
        plain.enter("/branch 9 1")
        #expect(plain.text.contains("There is no token 9; the answer of small has"))
    }

    @Test func promptsAreShownOnceTheyAreThere() {
        var plain = Plain()
        plain.open()
        plain.enter("hi")
        plain.answer(0, "yes")
        plain.answer(1, "no")
        plain.enter("/prompt")
        #expect(!plain.isReady)
        let pieces = [("<s>", true), ("hi\n", false), ("there", false)].enumerated().map {
            RenderedPrompt.Piece(id: $0, text: $1.0, isSpecial: $1.1)
        }
        for pane in plain.playground.state.panes {
            plain.take(.rendered(pane.id, .success(RenderedPrompt(pieces: pieces, notes: ["cut"], contextLength: 9))))
        }
        #expect(
            plain.text.hasSuffix(
                "What large sees, a bar between tokens\n3 tokens, 1 of them special; the context holds 9\ncut\n"
                    + "<s>|hi↵\n|there\n\n"))
        #expect(plain.isReady)
    }

    @Test func listsAreChosenFromByNumber() {
        var plain = Plain()
        plain.open()
        plain.take(
            .libraryRead(
                history: [],
                starters: [
                    StarterPrompt(task: "explain", title: "As to a child", text: "Explain {{topic}} in {{place}}."),
                    StarterPrompt(task: "code", title: "A test", text: "Write a test."),
                ]))
        plain.enter("/start")
        #expect(plain.text.contains("Prompts to start from\n1  As to a child  (explain)\n2  A test  (code)\n"))
        plain.enter("7")
        #expect(plain.text.contains("There is no 7 in this list"))
        plain.enter("1")
        #expect(plain.text.hasSuffix("Write what stands for {{topic}}.\n"))
        plain.enter("rain")
        #expect(plain.text.hasSuffix("Write what stands for {{place}}.\n"))
        plain.enter("Wales")
        #expect(plain.runs.first?.prompt == "Explain rain in Wales.")
        plain.answer(0, "ok")
        plain.answer(1, "ok")
        plain.enter("2")
        #expect(plain.runs.last?.prompt == "2")
    }

    @Test func bracesInAFileAreText() {
        var plain = Plain()
        plain.open()
        plain.take(.fileRead("f", .success("Hello {{ user }}")))
        plain.enter("")
        #expect(plain.runs.first?.prompt == "Hello {{ user }}")
    }

    @Test func anEmptyLineSendsWhatWaits() {
        var plain = Plain()
        plain.open()
        plain.take(.fileRead("f", .success("/etc is a folder")))
        #expect(plain.text.hasSuffix("An empty line sends this; what you write goes behind it.\n"))
        plain.enter("/stats")
        plain.enter("")
        #expect(plain.runs.first?.prompt == "/etc is a folder")
        plain.enter("")
        #expect(plain.runs.count == 1)
    }

    @Test func anEarlierPromptIsWrittenAnew() {
        var plain = Plain()
        plain.open()
        for prompt in ["first", "second"] {
            plain.enter(prompt)
            plain.answer(0, "a")
            plain.answer(1, "b")
        }
        plain.enter("/edit 1")
        plain.enter("")
        #expect(plain.text.hasSuffix("All stays as it was.\n"))
        plain.enter("/edit 1")
        plain.enter("anew")
        #expect(plain.playground.state.panes[0].turns.map(\.prompt) == ["anew"])
        plain.answer(0, "a")
        plain.answer(1, "b")
        plain.enter("/undo")
        #expect(plain.playground.state.panes[0].turns.isEmpty)
        #expect(plain.isReady && plain.playground.state.prompt.isEmpty)
    }

    @Test func modelsAreListedWithNumbers() {
        var plain = Plain()
        plain.open()
        plain.enter("/model @large")
        #expect(!plain.isReady)
        let entry = PlaygroundSample.listings
        plain.take(.modelsListed(entry))
        #expect(plain.text.contains("Models for large, now qwen2.5-coder-1.5b-instruct\n1  "))
        plain.enter("1")
        switch entry[0].availability {
        case .onDisk: #expect(plain.loads.last?.model == entry[0].id)
        case .partial, .remote, .served: #expect(plain.effects.last == .pull(entry[0].id))
        }
        #expect(plain.playground.state.dialog == nil)
    }

    @Test func aModelThatCannotBeOpenedSaysWhy() {
        var plain = Plain()
        plain.open()
        plain.enter("/model @large")
        plain.take(.modelsListed(PlaygroundSample.found))
        #expect(plain.text.contains("its architecture 'gptoss' isn't known here\n"))
        let loads = plain.loads.count
        plain.enter("6")
        #expect(
            plain.text.hasSuffix("ollama:gpt-oss:20b: its architecture 'gptoss' isn't known here\n"),
            "\(plain.text.suffix(300))")
        #expect(plain.loads.count == loads)
        #expect(plain.isReady)
        plain.enter("/model @large")
        plain.take(.modelsListed(PlaygroundSample.found))
        plain.enter("5")
        #expect(plain.loads.last?.model == "cluster")
    }

    @Test func pullsAreSaidInTenths() {
        var plain = Plain()
        plain.open()
        let remote = PlaygroundSample.listings.first { $0.availability == .remote }
        guard let remote else {
            Issue.record("the sample has nothing to pull")
            return
        }
        plain.enter("/model")
        plain.take(.modelsListed([remote]))
        plain.enter("1")
        for received in [1, 5, 12, 13, 99] {
            plain.take(.pull(remote.id, .progress(PullProgress(received: received, total: 100))))
        }
        plain.take(.pull(remote.id, .verifying))
        let lines = plain.text.split(separator: "\n").filter { $0.hasPrefix("pulling") }
        #expect(
            lines.map { $0.split(separator: ",")[0] } == [
                "pulling \(remote.id): 0 %", "pulling \(remote.id): 10 %", "pulling \(remote.id): 90 %",
            ])
        #expect(plain.text.hasSuffix("verifying the SHA-256 of \(remote.id)…\n"))
        _ = plain.interrupt()
        #expect(plain.effects.contains(.cancelPull(remote.id)))
    }

    @Test(arguments: ["theme", "heat", "zoom", "raw", "mouse", "redraw", "suspend", "editor", "copy"])
    func whatNeedsAScreenIsSaidInASentence(command: String) {
        var plain = Plain()
        plain.open()
        let before = plain.text.count
        #expect(plain.enter("/\(command)").isEmpty)
        let said = plain.text.dropFirst(before).split(separator: "\n")
        #expect(said.count == 2 && said[1].hasSuffix("."))
    }

    /// Every command, with and without words behind it, at every moment: nothing traps, and nothing is left open that
    /// only a key could close.
    @Test(arguments: SlashCommand.all.map(\.name))
    func everyCommandEndsInText(name: String) {
        for isAnswered in [false, true] {
            for words in ["", " 1", " @small", " 2 @large", " nonsense", " none"] {
                var plain = Plain()
                plain.open()
                if isAnswered {
                    plain.enter("hi")
                    plain.answer(0, "yes")
                    plain.answer(1, "no")
                }
                let before = plain.text.count
                let effects = plain.enter("/\(name)\(words)")
                #expect(plain.text.count > before)
                if case .page = plain.playground.state.dialog, plain.isReady {
                    Issue.record("/\(name)\(words) leaves a page open")
                }
                #expect(plain.playground.state.inspector == nil && plain.playground.state.focus == .prompt)
                for case .editExternally in effects { Issue.record("an editor was asked for") }
                for case .copy in effects { Issue.record("a clipboard was asked for") }
            }
        }
    }

    @Test func noKeyIsNamedInWhatIsSaid() {
        var plain = Plain()
        plain.open()
        plain.enter("/nonsense")
        #expect(plain.text.hasSuffix("/help lists them. // sends a text that begins with a slash.\n"))
        plain.enter("/help")
        #expect(plain.text.contains("\n/branch TOKEN ALTERNATIVE [@PANE]"))
        #expect(!plain.text.contains("/theme"))
        #expect(!plain.text.contains("F1"))
    }

    @Test func whereOnlyASCIICanBeShownNothingElseIs() {
        var plain = Plain(appearance: Appearance(asciiOnly: true))
        plain.open()
        plain.enter("hi")
        plain.answer(0, "naïve – 水")
        plain.answer(1, "no")
        plain.enter("/stats")
        #expect(plain.text.allSatisfy { $0.isASCII })
        #expect(plain.text.contains("na?ve - ?"))
    }
}

/// A plain playground with its text and effects so far.
private struct Plain {
    private(set) var playground: PlainPlayground
    private(set) var text = ""
    private(set) var effects: [Effect] = []

    init(appearance: Appearance = Appearance()) {
        playground = PlainPlayground(
            state: PlaygroundSample.starting(appearance: appearance).state, isInteractive: false)
    }

    var isReady: Bool { playground.isReady }
    var asksForVote: Bool { playground.asksForVote }
    var loads: [LoadRequest] { effects.compactMap { if case .load(let request) = $0 { request } else { nil } } }
    var runs: [RunRequest] { effects.compactMap { if case .generate(let request) = $0 { request } else { nil } } }
    var votes: [Vote] { effects.compactMap { if case .recordVote(let vote) = $0 { vote } else { nil } } }

    mutating func take(_ event: Event) { _ = add(playground.take(event)) }

    @discardableResult
    mutating func enter(_ line: String) -> [Effect] { add(playground.enter(line)) }

    mutating func interrupt() -> [Effect] { add(playground.interrupt()) }

    private mutating func add(_ step: PlainPlayground.Step) -> [Effect] {
        text += step.text
        effects += step.effects
        return step.effects
    }

    /// Starts, with both models open.
    mutating func open() {
        take(.started)
        take(.libraryRead(history: [], starters: []))
        take(.modelsListed([]))
        let profiles = [PlaygroundSample.smallProfile, PlaygroundSample.largeProfile]
        for (request, profile) in zip(loads, profiles) { take(.load(request.id, .ready(profile, nil))) }
    }

    /// Answers a pane's latest run, a token a word.
    mutating func answer(_ pane: Int, _ answer: String, finish: FinishReason? = .stop) {
        let id = playground.state.panes[pane].id
        guard let run = runs.last(where: { $0.pane == id }) else {
            Issue.record("pane \(pane) has nothing to answer")
            return
        }
        take(.run(run.id, .chat(.prompt(PromptSummary(tokens: 10, cachedTokens: 0)))))
        for (index, word) in answer.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
            let text = index == 0 ? String(word) : " " + word
            let alternatives = [
                ChatToken.Alternative(id: index, text: text, logprob: -0.03),
                ChatToken.Alternative(id: 1000, text: " a", logprob: -4),
            ]
            take(
                .run(
                    run.id,
                    .chat(
                        .token(
                            ChatToken(
                                id: index, text: text, logprob: -0.03, alternatives: alternatives,
                                at: .milliseconds(50 + 10 * index))))))
        }
        if finish != nil { finishAnswer(pane) }
    }

    mutating func finishAnswer(_ pane: Int) {
        let id = playground.state.panes[pane].id
        guard let run = runs.last(where: { $0.pane == id }) else { return }
        take(.run(run.id, .chat(.finished(.stop, at: .milliseconds(200)))))
    }
}
