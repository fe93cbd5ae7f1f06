import Chat
import Testing

@Suite struct RequestTests {
    /// Turned away once for 40 ms; then lookup 2, connect 8, TLS 20, send 1, first byte 150, first token 30 ms.
    private static let timeline: RequestTimeline = {
        var timeline = RequestTimeline()
        timeline.attempts = 2
        timeline.started = .milliseconds(40)
        timeline.lookedUp = .milliseconds(42)
        timeline.connected = .milliseconds(50)
        timeline.secured = .milliseconds(70)
        timeline.sent = .milliseconds(71)
        timeline.firstByte = .milliseconds(221)
        timeline.firstToken = .milliseconds(251)
        return timeline
    }()

    @Test func phasesHaveNoGapsAndEndWithTheFirstToken() {
        let phases = Self.timeline.phases
        #expect(phases.map(\.step) == RequestTimeline.Step.allCases)
        #expect(phases.map(\.duration) == [40, 2, 8, 20, 1, 150, 30].map { .milliseconds($0) })
        for (earlier, later) in zip(phases, phases.dropFirst()) {
            #expect(earlier.from + earlier.duration == later.from)
        }
        #expect(Self.timeline.duration(of: [.nameLookup, .connect, .secure]) == .milliseconds(30))
    }

    @Test func anOpenConnectionNeedsNoSteps() {
        var timeline = RequestTimeline()
        timeline.reusedConnection = true
        timeline.sent = .milliseconds(1)
        timeline.firstByte = .milliseconds(5)
        #expect(timeline.phases.map(\.step) == [.send, .firstByte])
        #expect(timeline.duration(of: [.nameLookup, .connect, .secure]) == nil)
        #expect(timeline.duration(of: [.firstByte, .firstToken]) == .milliseconds(4))
        #expect(timeline.awaited == .firstToken)
    }

    @Test func betweenTwoAttemptsThePauseIsAwaited() {
        var timeline = RequestTimeline()
        timeline.attempts = 2
        #expect(timeline.awaited == .waiting)
        timeline.started = .milliseconds(500)
        #expect(timeline.awaited == .nameLookup)
    }

    @Test func whatIsAwaitedFollowsWhatIsDone() {
        var timeline = RequestTimeline()
        #expect(timeline.awaited == .nameLookup)
        timeline.lookedUp = .milliseconds(1)
        #expect(timeline.awaited == .connect)
        timeline.connected = .milliseconds(2)
        #expect(timeline.awaited == .send)
        timeline.sent = .milliseconds(3)
        #expect(timeline.awaited == .firstByte)
        timeline.firstByte = .milliseconds(4)
        timeline.firstToken = .milliseconds(5)
        #expect(timeline.awaited == nil)
    }

    private static let profile = ModelProfile(
        name: "huge", location: .server(ModelServer(host: "models.example", isSecure: true)),
        loadDuration: .milliseconds(5), price: Price(.perMillionTokens(input: 2, cachedInput: 0.5, output: 10)))

    private func metrics(_ events: [ChatEvent], profile: ModelProfile = Self.profile) -> Metrics {
        var recorder = MetricsRecorder(profile: profile)
        for event in events { recorder.record(event) }
        return recorder.metrics
    }

    private static let chunks: [ChatEvent] = [
        .request(timeline),
        .token(ChatToken(text: "Let me", channel: .reasoning, isChunk: true, at: .milliseconds(251))),
        .token(ChatToken(text: "The Rhine", isChunk: true, at: .milliseconds(300))),
        .token(ChatToken(text: ".", isChunk: true, at: .milliseconds(320))),
    ]

    @Test func chunksAreCountedAsSuchUntilTheServerCounts() {
        let before = metrics(Self.chunks)
        #expect(before.generatedTokens == 3)
        #expect(before.countsChunks)
        #expect(before.promptTokens == nil)
        #expect(before.contextUsed == nil)
        #expect(before.prefillTokensPerSecond == nil)
        #expect(before.timeToFirstToken == .milliseconds(251))
        #expect(before.timeToFirstOutput == .milliseconds(300))
        let after = metrics(
            Self.chunks + [
                .server(ServerReport(promptTokens: 100, completionTokens: 8)),
                .server(ServerReport(cachedTokens: 40, prefill: .milliseconds(120), prefillTokens: 60)),
                .finished(.stop, at: .milliseconds(330)),
            ])
        #expect(after.generatedTokens == 8)
        #expect(!after.countsChunks)
        #expect(after.gapsAreBetweenChunks)
        #expect(after.computedTokens == 60)
        #expect(abs((after.server?.prefillTokensPerSecond ?? 0) - 500) < 1e-6)
        #expect(MetricsDocument(after).itlMs.between == "chunks")
        #expect(MetricsDocument(after).request?.phases.last?.ms == 30)
    }

    /// The server's count has the end of the turn, which it doesn't send: three tokens in 100 ms are two steps.
    @Test func namedTokensAreCountedAsTheyCome() {
        let tokens = [100, 150, 200].map { ChatEvent.token(ChatToken(text: "a", at: .milliseconds($0))) }
        let metrics = metrics(tokens + [.server(ServerReport(promptTokens: 5, completionTokens: 4))])
        #expect(metrics.generatedTokens == 4 && !metrics.countsChunks)
        #expect(abs((metrics.decodeTokensPerSecond ?? 0) - 20) < 1e-9)
    }

    /// 60 tokens at 2, 40 at 0.50 and 8 at 10 a million.
    @Test func tokensHaveTheirPrice() throws {
        let report = ServerReport(promptTokens: 100, cachedTokens: 40, completionTokens: 8)
        let cost = try #require(metrics(Self.chunks + [.server(report)]).cost)
        #expect(abs(cost.amount - 0.00022) < 1e-12)
        #expect(cost.text == "$0.00022")
        #expect(cost.times(1000).text == "$0.22")
        #expect(cost.basis == .serverTokens)
        #expect(metrics(Self.chunks).cost == nil)
        // Without a price for cached tokens they cost what the others do.
        var profile = Self.profile
        profile.price = Price(.perMillionTokens(input: 2, cachedInput: nil, output: 10), currency: "EUR")
        #expect(metrics(Self.chunks + [.server(report)], profile: profile).cost?.text == "EUR 0.00028")
        let prompt = ServerReport(promptTokens: 100)
        #expect(metrics(Self.chunks + [.server(prompt)], profile: profile).cost?.text == "~EUR 0.00023")
    }

    /// Half a second of a machine that costs 3.60 an hour.
    @Test func machinesCostTheTimeTheyTake() {
        var profile = Self.profile
        profile.price = Price(.perHour(3.6))
        #expect(metrics(Self.chunks, profile: profile).cost == nil)
        let cost = metrics(Self.chunks + [.finished(.stop, at: .milliseconds(500))], profile: profile).cost
        #expect(cost?.text == "$0.00050")
        #expect(cost?.basis == .elapsedTime)
    }

    @Test(arguments: [
        (0.0, "0"), (1e-9, "0.0000000010"), (0.00042, "0.00042"), (0.0312, "0.031"), (0.5, "0.50"), (1.349, "1.35"),
        (12.5, "12.50"), (1234.4, "1234"),
    ])
    func amountsKeepTheirFigures(_ amount: Double, _ text: String) {
        #expect(Cost.figures(amount) == text)
    }

    /// Sent at 10, first byte at 100, first token at 130: what the server did lies in the longer wait, and never before
    /// the request was sent.
    @Test(
        arguments: [
            (40, nil, [60]), (40, 20, [40, 60]), (90, nil, [10]), (500, 20, [10, 10]), (0, nil, []), (nil, 30, [70]),
        ] as [(Int?, Int?, [Int])])
    func whatTheServerDidLiesInTheWait(prefill: Int?, load: Int?, starts: [Int]) {
        var timeline = RequestTimeline()
        timeline.sent = .milliseconds(10)
        timeline.firstByte = .milliseconds(100)
        timeline.firstToken = .milliseconds(130)
        let report = ServerReport(
            prefill: prefill.map { .milliseconds($0) }, load: load.map { .milliseconds($0) })
        let phases = timeline.serverPhases(report)
        #expect(phases.map(\.from) == starts.map { .milliseconds($0) })
        #expect(phases.allSatisfy { $0.step == .firstByte })
        #expect(timeline.serverPhases(nil).isEmpty)
        #expect(RequestTimeline().serverPhases(report).isEmpty)
    }

    /// A server that answers at once and computes then: the prefill ends at the first token.
    @Test func prefillMayComeBehindTheFirstByte() {
        var timeline = RequestTimeline()
        timeline.sent = .milliseconds(10)
        timeline.firstByte = .milliseconds(20)
        timeline.firstToken = .milliseconds(130)
        let phases = timeline.serverPhases(ServerReport(prefill: .milliseconds(115)))
        #expect(phases.map(\.from) == [.milliseconds(15)])
        #expect(phases.map(\.step) == [.firstToken])
    }
}
