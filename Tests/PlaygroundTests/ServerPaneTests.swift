import Chat
import PlaygroundTestSupport
import Screen
import Testing

@testable import Playground

/// Models on servers: what is waited for, where the time went, what it cost, and what nobody says.
@Suite struct ServerPaneTests {
    private static let server = ModelServer(host: "models.example", isSecure: true)
    private static let size = Size(columns: 120, rows: 40)

    @Test(arguments: [
        (-1, 0, "asking models.example…"),
        (0, 0, "looking up models.example…"),
        (1, 0, "connecting to models.example…"),
        (2, 0, "agreeing on TLS with models.example…"),
        (3, 0, "sending the request to models.example…"),
        (4, 0, "models.example has the request; waiting for its first byte…"),
        (5, 0, "models.example answers; waiting for its first token…"),
        (1, 1, "connecting to models.example…"),
    ])
    func aPaneSaysWhatItWaitsFor(steps: Int, retries: Int, sentence: String) {
        var driver = PlaygroundDriver(
            State(size: Self.size, panes: [Pane(role: nil, model: "x")]))
        driver.send(.started)
        driver.open(PlaygroundSample.serviceProfile)
        driver.enter("Hi")
        if steps >= 0 { driver.chat(0, .request(PlaygroundSample.timeline(steps: steps, retries: retries))) }
        #expect(render(driver.state).text().contains(sentence))
    }

    @Test func betweenTwoAttemptsThePauseIsWaitedFor() {
        var timeline = RequestTimeline()
        timeline.attempts = 2
        #expect(RequestTimeline.waiting(timeline, for: Self.server) == "waiting to ask models.example again…")
        timeline.started = .milliseconds(800)
        #expect(RequestTimeline.waiting(timeline, for: Self.server) == "looking up models.example…")
    }

    @Test(
        arguments: [
            (0, nil), (1, "turned away once, waited 500 ms"), (2, "turned away twice, waited 1.00 s"),
            (3, "turned away 3 times, waited 1.50 s"),
        ] as [(Int, String?)])
    func whatWasTurnedAwayIsCounted(retries: Int, text: String?) {
        #expect(PlaygroundSample.timeline(retries: retries).retries == text)
    }

    @Test func plainHTTPHasNothingToAgreeOn() {
        let plain = ModelServer(host: "a", isSecure: false)
        #expect(RequestTimeline.waiting(PlaygroundSample.timeline(steps: 2), for: plain) == "sending the request to a…")
    }

    /// The end of a request's way may be told when tokens are there already.
    @Test func anAnswerThatHasBegunIsNotWaitedFor() {
        var driver = PlaygroundSample.servedAlone(Self.size)
        driver.enter("Again")
        driver.chat(0, .request(PlaygroundSample.timeline(steps: 5)))
        driver.chat(0, .prompt(PromptSummary(tokens: 9, cachedTokens: 0)))
        #expect(driver.state.panes[0].turns.last?.phase == .requesting)
        driver.chat(0, .token(ChatToken(text: "Yes", isChunk: true, at: .milliseconds(3))))
        driver.chat(0, .request(PlaygroundSample.timeline()), .prompt(PromptSummary(tokens: 9, cachedTokens: 0)))
        #expect(driver.state.panes[0].turns.last?.phase == .answering)
        #expect(driver.state.panes[0].turns.last?.recorder?.metrics.request?.firstToken != nil)
    }

    @Test(arguments: [
        ("localhost", true), ("localhost:8080", true), ("box.localhost", true), ("127.0.0.1:80", true),
        ("127.1.2.3", true), ("[::1]:8000", true), ("127.0.0.1.example", false), ("localhost.example", false),
        ("gpu-box:8080", false), ("10.0.0.1", false), ("[fe80::1]", false), ("", false),
    ])
    func onlyLoopbackIsThisMachine(_ host: String, _ isThisMachine: Bool) {
        let server = ModelServer(host: host, isSecure: false)
        #expect(server.isThisMachine == isThisMachine)
        #expect(server.isOpenToOthers != isThisMachine)
        #expect(!ModelServer(host: host, isSecure: true).isOpenToOthers)
    }

    @Test(arguments: [(false, "gpu-box", true), (true, "gpu-box", false), (false, "127.0.0.1:80", false)])
    func plainHTTPToOthersIsWarnedOf(isSecure: Bool, host: String, warns: Bool) {
        var profile = PlaygroundSample.bareProfile
        profile.location = .server(ModelServer(host: host, isSecure: isSecure))
        var driver = PlaygroundDriver(State(size: Self.size, panes: [Pane(role: nil, model: "x")]))
        driver.send(.started)
        driver.open(profile)
        let text = render(driver.state).text()
        #expect(text.contains("large on \(host)"))
        #expect(text.contains("can read prompts and answers") == warns)
        #expect(text.contains("context unknown"))
    }

    /// Panes stand beside each other, wherever their models are.
    @Test(arguments: [20, 36, 60, 100], 1...20) func stripsAreEquallyTall(columns: Int, limit: Int) {
        let design = MetricsStrip.Design(columns: columns)
        let here = MetricsStrip(PlaygroundSample.bareMetrics, design: design, limit: limit)
        let there = MetricsStrip(PlaygroundSample.bareMetrics, server: Self.server, design: design, limit: limit)
        #expect(here.height == there.height)
        #expect(there.height <= limit)
        #expect(
            there.rows.contains { if case .waterfall = $0 { true } else { false } } == (limit > (columns < 34 ? 3 : 2)))
    }

    // MARK: Chunks

    @Test func chunksAreNeitherTokensNorITL() throws {
        let driver = PlaygroundSample.servedBarely(Self.size)
        let pane = try #require(driver.state.layout.rects(of: 1))
        let lines = render(driver.state).text().split(separator: "\n").map { String($0.dropFirst(60)) }
        let strip = lines[pane.metrics.minRow..<pane.metrics.maxRow].joined(separator: "\n")
        #expect(strip.contains("chunk p50"))
        #expect(strip.contains("chunks          5 "))
        for word in ["ITL", "tok/s", "TPOT", " tok "] { #expect(!strip.contains(word), "\(word)") }
        // Chunks can't be held against tokens.
        #expect(driver.state.comparison?.decodeRate == nil)
        #expect(driver.state.comparison?.timeToFirstToken != nil)
    }

    @Test func aLimitReachedIsToldInChunks() {
        var driver = PlaygroundSample.servedAlone(Self.size)
        driver.enter("Again")
        driver.chat(0, .token(ChatToken(text: "Yes", isChunk: true, at: .milliseconds(3))))
        driver.chat(0, .finished(.length, at: .milliseconds(4)))
        #expect(render(driver.state).text().contains("· ended at 1 chunk, the limit set"))
    }

    // MARK: What isn't there

    @Test func theInspectorSaysWhoSentNothing() {
        var driver = PlaygroundSample.servedBarely(Self.size)
        driver.enter("/inspect 2 @large")
        #expect(render(driver.state).text().contains("gpu-box:8080 sent no log-probabilities, and this text in one"))
        driver.press(.enter)
        #expect(driver.state.notice?.text == "No alternatives are known at this token: gpu-box:8080 sent none.")
        driver.press(.escape)
        driver.enter("/heat logprob")
        #expect(driver.state.notice?.text.hasSuffix("gpu-box:8080 sent none.") == true)
    }

    @Test func followingAndPromptsSayWhyTheyCannot() {
        var driver = PlaygroundSample.servedBarely(Self.size)
        driver.enter("/follow @large @small")
        guard case .follow(let request)? = driver.effects.last else {
            Issue.record("nothing is followed")
            return
        }
        driver.send(.follow(request.id, .failed("it can't be led")))
        let follow = driver.state.followPage(columns: 200).map { $0.map(\.text).joined() }
        #expect(follow[0] == "it can't be led")
        #expect(follow[1].hasPrefix("gpu-box:8080 answers prompts;"))
        driver.send(.rendered(driver.state.panes[1].id, .failure("it isn't shown")))
        let prompt = driver.state.promptPage(of: 1, columns: 300).map { $0.map(\.text).joined() }
        #expect(prompt[0] == "it isn't shown")
        #expect(prompt[1].hasPrefix("gpu-box:8080 makes the prompt itself"))
    }

    @Test func aServersDistributionsAreUnknown() {
        var driver = PlaygroundSample.servedBarely(Self.size)
        driver.enter("/follow @small @large")
        guard case .follow(let request)? = driver.effects.last else {
            Issue.record("nothing is followed")
            return
        }
        let the = ChatToken.Alternative(id: 1, text: "The", logprob: -0.5)
        driver.send(.follow(request.id, .scoring(.started(tokens: 1, sharesVocabulary: false))))
        driver.send(
            .follow(
                request.id,
                .scoring(.token(ScoredToken(id: 1, text: "The", logprob: -0.5, rank: 1, entropy: 1, favourite: the)))))
        let text = driver.state.followPage(columns: 200).map { $0.map(\.text).joined() }.joined(separator: "\n")
        #expect(text.contains("no KL divergence: gpu-box:8080 doesn't tell its distributions"))
    }

    /// The model in this process is led, since only it can be.
    @Test func theModelHereFollows() {
        var driver = PlaygroundDriver(
            State(size: Self.size, panes: [Pane(role: .small, model: "a"), Pane(role: .large, model: "b")]))
        driver.send(.started)
        driver.open(PlaygroundSample.bareProfile, PlaygroundSample.largeProfile)
        #expect(driver.state.usualFollow?.follower == 1)
        #expect(driver.state.usualFollow?.leader == 0)
        var usual = PlaygroundSample.withServer(Self.size)
        usual.press(.escape)
        #expect(usual.state.usualFollow?.follower == 0)
    }

    @Test func nobodyGuessesForAServer() {
        var driver = PlaygroundSample.withServer(Self.size)
        driver.press(.function(8))
        driver.enter("Hi")
        driver.answer(0, "yes")
        #expect(driver.run(in: 1)?.draftPane == nil)
    }

    // MARK: Blind

    @Test func hiddenAnswersHideTheirServer() {
        var driver = PlaygroundSample.withServer(Self.size)
        driver.press(.alt("n"))
        driver.enter("Hi")
        driver.answer(0, "No", ".")
        driver.chat(1, .request(PlaygroundSample.timeline(retries: 1)))
        let words = ["models.example", "vLLM", "$", "turned away", "wait", "net ", "thought", "cheaper", "byte"]
        for word in words { #expect(!render(driver.state).text().contains(word), "\(word)") }
        driver.answer(1, "Yes", ".")
        driver.chat(1, .server(PlaygroundSample.serverReport))
        #expect(driver.state.focus == .vote)
        for word in words { #expect(!render(driver.state).text().contains(word), "\(word)") }
        driver.press(.right)
        #expect(render(driver.state).text().contains("models.example"))
    }

    @Test func hostsAreShownWithoutWhatSteersATerminal() {
        var profile = PlaygroundSample.bareProfile
        profile.location = .server(ModelServer(host: "a\u{1B}[2J\nb", software: "x\u{7}", isSecure: false))
        var driver = PlaygroundSample.asking(Self.size, profile)
        driver.chat(1, .request(PlaygroundSample.timeline()))
        for key in [Key.alt("t"), .alt("p"), .escape] {
            driver.press(key)
            #expect(render(driver.state).text().unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
        }
    }
}
