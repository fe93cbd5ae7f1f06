import Chat
import Testing

@Suite struct MetricsTests {
    /// Five tokens at 100, 120, 140, 160 and 260 ms; the prompt's 30 computed tokens take from 10 to 100 ms.
    private static let metrics = record([
        .prompt(PromptSummary(tokens: 40, cachedTokens: 10)),
        .prefill(computed: 0, of: 30, at: .milliseconds(10)),
        .prefill(computed: 16, of: 30, at: .milliseconds(50)),
        .prefill(computed: 30, of: 30, at: .milliseconds(95)),
        .token(token(100)), .token(token(120)), .token(token(140)), .token(token(160)), .token(token(260)),
        .memory(MemoryUse(weightsMapped: 500, weightsResident: 400, repacked: 5, keyValueCache: 60, scratch: 7)),
        .finished(.stop, at: .milliseconds(270)),
    ])

    @Test func followTheDefinitions() {
        let metrics = Self.metrics
        #expect(metrics.timeToFirstToken == .milliseconds(100))
        #expect(metrics.timeToFirstOutput == .milliseconds(100))
        #expect(metrics.gaps == [20, 20, 20, 100].map { .milliseconds($0) })
        #expect(metrics.generatedTokens == 5)
        // 30 tokens in 90 ms.
        #expect(close(metrics.prefillTokensPerSecond, 333.3333333))
        // 4 tokens after the first, in 160 ms.
        #expect(close(metrics.decodeTokensPerSecond, 25))
        // 170 ms from the first token to the end, over 4.
        #expect(metrics.timePerOutputToken == .microseconds(42_500))
        #expect(metrics.totalDuration == .milliseconds(270))
        #expect(metrics.computedTokens == 30)
        #expect(metrics.contextUsed == 45)
        #expect(metrics.contextAvailable == 2048)
        #expect(metrics.loadDuration == .milliseconds(33))
        #expect(metrics.memory?.total == 472)
    }

    @Test func stallsAreLongerThanFourMedians() {
        #expect(Self.metrics.interTokenLatency?.stalls == 1)
        let edge = LatencyDistribution(of: [10, 10, 10, 40].map { .milliseconds($0) })
        #expect(edge?.stalls == 0)
        #expect(edge?.isStall(.milliseconds(41)) == true)
        #expect(edge?.isStall(.milliseconds(40)) == false)
    }

    /// Nearest rank, by hand: of 100 values the p-th; of 10, ranks 5, 10 and 10; of 5, ranks 3, 5 and 5.
    @Test(arguments: [
        (Array(1...100), 50, 95, 99), (Array(1...10), 5, 10, 10), ([5, 1, 4, 2, 3], 3, 5, 5), ([7], 7, 7, 7),
        ([1, 2], 1, 2, 2), (Array(1...200), 100, 190, 198), (Array(1...21), 11, 20, 21),
    ])
    func percentilesAreNearestRanks(_ values: [Int], _ p50: Int, _ p95: Int, _ p99: Int) throws {
        let latency = try #require(LatencyDistribution(of: values.reversed().map { .milliseconds($0) }))
        #expect(latency.p50 == .milliseconds(p50))
        #expect(latency.p95 == .milliseconds(p95))
        #expect(latency.p99 == .milliseconds(p99))
    }

    @Test func areUnknownUntilTheyCanBeKnown() {
        var recorder = MetricsRecorder(profile: Self.profile)
        recorder.record(.prompt(PromptSummary(tokens: 8, cachedTokens: 0)))
        #expect(recorder.metrics.timeToFirstToken == nil)
        #expect(recorder.metrics.prefillTokensPerSecond == nil)
        recorder.record(.token(Self.token(50)))
        #expect(recorder.metrics.timeToFirstToken == .milliseconds(50))
        // Without an event at its start, prefill is measured from the start of the clock.
        #expect(close(recorder.metrics.prefillTokensPerSecond, 160))
        #expect(recorder.metrics.decodeTokensPerSecond == nil)
        #expect(recorder.metrics.interTokenLatency == nil)
        #expect(recorder.metrics.timePerOutputToken == nil)
        recorder.record(.token(Self.token(75)))
        #expect(close(recorder.metrics.decodeTokensPerSecond, 40))
        // TPOT needs the end of the run.
        #expect(recorder.metrics.timePerOutputToken == nil)
    }

    @Test func aCachedPromptHasNoPrefillRate() {
        let metrics = Self.record([.prompt(PromptSummary(tokens: 8, cachedTokens: 8)), .token(Self.token(5))])
        #expect(metrics.prefillTokensPerSecond == nil)
        #expect(metrics.computedTokens == 0)
    }

    @Test func tokensWithoutTextAndTokensAtOnceCount() {
        let metrics = Self.record([.token(Self.token(5)), .token(Self.token(5)), .token(Self.token(4))])
        #expect(metrics.generatedTokens == 3)
        // A clock that goes backwards makes no negative gaps.
        #expect(metrics.gaps == [.zero, .zero])
        #expect(metrics.decodeTokensPerSecond == nil)
        #expect(metrics.interTokenLatency?.stalls == 0)
    }

    private static let profile = ModelProfile(
        name: "m", architecture: "llama", format: "F32", parameterCount: 1, fileBytes: 1, contextLength: 2048,
        hasChatTemplate: true, loadDuration: .milliseconds(33), threads: 1)

    private static func record(_ events: [ChatEvent]) -> Metrics {
        var recorder = MetricsRecorder(profile: profile)
        for event in events { recorder.record(event) }
        return recorder.metrics
    }

    private static func token(_ milliseconds: Int) -> ChatToken { ChatToken(text: "", at: .milliseconds(milliseconds)) }

    private func close(_ value: Double?, _ expected: Double) -> Bool {
        value.map { abs($0 - expected) < 1e-6 * expected } ?? false
    }
}
