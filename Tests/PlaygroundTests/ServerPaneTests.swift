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
        (1, 1, "turned away once, waited 500 ms; connecting to models.example…"),
        (4, 3, "turned away 3 times, waited 1.50 s; models.example has the request; waiting for its first byte…"),
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

    // MARK: Figures

    private func page(_ driver: PlaygroundDriver, columns: Int = 90) -> [String] {
        driver.state.figuresPage(columns: columns).map { $0.map(\.text).joined() }
    }

    @Test func eachStepHasARowAndAClock() throws {
        let lines = page(PlaygroundSample.servedAlone(Self.size, retries: 2))
        for step in RequestTimeline.Step.allCases {
            let row = try #require(lines.first { $0.hasPrefix("  \(step.title) ") }, "\(step.title)")
            #expect(row.contains(" here "), "\(row)")
        }
        #expect(lines.contains { $0.hasPrefix("    prefill ") && $0.contains("131 ms  server") })
        #expect(lines.contains("request  HTTP/2, new connection, turned away twice, waited 1.00 s"))
        #expect(lines.contains { $0.hasPrefix("server's clock  prefill 298 tok/s (39 tok in 131 ms)") })
        #expect(lines.contains("server's count  prompt 39 tok  of it cached 0 tok  answer 30 tok"))
        #expect(lines.contains("cost  this answer $0.000080  a thousand like it $0.080"))
        #expect(lines.contains("memory  on models.example"))
    }

    /// The server's prefill is part of the wait that it explains.
    @Test(arguments: [60, 78, 116, 196]) func theServersPrefillIsDrawnInsideTheWait(columns: Int) throws {
        let lines = page(PlaygroundSample.servedAlone(Self.size), columns: columns)
        func span(_ title: String) throws -> Range<Int> {
            let line = try #require(lines.first { $0.contains(title + " ") && $0.contains("█") })
            let blocks = line.enumerated().filter { "▏▎▍▌▋▊▉█".contains($0.element) }.map(\.offset)
            return try #require(blocks.first)..<(try #require(blocks.last) + 1)
        }
        let (wait, prefill) = (try span("sent to first byte"), try span("    prefill"))
        #expect(wait.contains(prefill.lowerBound) && prefill.upperBound <= wait.upperBound)
    }

    /// Clocks differ: a server may say more than there was.
    @Test func aServersClockThatRunsFastDoesNoHarm() {
        var driver = PlaygroundSample.servedAlone(Self.size)
        driver.enter("Again")
        driver.chat(0, .request(PlaygroundSample.timeline()))
        driver.chat(0, .server(ServerReport(prefill: .seconds(9), load: .seconds(9))))
        #expect(page(driver).allSatisfy { $0.count <= 90 })
    }

    @Test func aReusedConnectionHasNoEmptySteps() {
        let driver = PlaygroundSample.servedBarely(Self.size)
        let lines = page(driver)
        #expect(lines.contains("request  HTTP/2, reused connection: no lookup, connect or TLS"))
        #expect(!lines.contains { $0.hasPrefix("  TLS ") || $0.hasPrefix("  connect ") || $0.hasPrefix("  name") })
        #expect(lines.contains("server  says nothing of its own times and counts"))
        #expect(lines.contains { $0.hasPrefix("gaps between chunks  p50") })
        #expect(render(driver.state).text().contains("reused"))
    }

    @Test func waterfallsFillTheirColumns() {
        for retries in 0...2 {
            let waterfall = Waterfall(PlaygroundSample.timeline(retries: retries))
            for columns in 4...80 {
                let widths = waterfall.columns(of: columns)
                #expect(widths.reduce(0, +) == columns)
                #expect(widths.allSatisfy { $0 > 0 })
            }
            #expect(waterfall.total == PlaygroundSample.timeline(retries: retries).firstToken)
        }
        #expect(Waterfall(RequestTimeline()).columns(of: 20).isEmpty)
    }

    @Test(arguments: [(0, 10, 0), (5, 5, 4), (9, 1, 7), (9, 9, 7)])
    func barsStayWithinTheWhole(_ from: Int, _ length: Int, _ blanks: Int) {
        let bar = Waterfall.bar(from: .seconds(from), duration: .seconds(length), of: .seconds(10), columns: 8)
        #expect(bar.blanks == blanks)
        #expect(bar.blanks + bar.bar.count <= 8 && !bar.bar.isEmpty)
    }

    // MARK: Money

    @Test func theVerdictKnowsWhatIsCheaper() throws {
        let driver = PlaygroundSample.served(Self.size)
        let sentence = try #require(driver.state.comparison?.sentence)
        #expect(sentence.hasSuffix("x cheaper"))
        #expect(render(driver.state).text().contains(sentence))
        #expect(PlaygroundSample.servedBarely(Self.size).state.comparison?.cost == nil)
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

    @Test(arguments: [(false, false), (true, true)]) func onlyModelsHereShareTheMachine(isThis: Bool, shares: Bool) {
        var profile = PlaygroundSample.bareProfile
        profile.location = .server(ModelServer(host: isThis ? "localhost:1" : "gpu-box", isSecure: false))
        var driver = PlaygroundSample.withServer(Self.size, profile)
        driver.press(.function(5))
        #expect(driver.state.settings.isConcurrent)
        #expect(driver.state.sharesMachine == shares)
        #expect(page(driver).contains { $0.contains("share the machine") } == shares)
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
