import Chat
import Testing

@Suite struct ComparisonTests {
    @Test func sumsUpInOneLine() {
        let comparison = Comparison(
            small: metrics(first: 100, gap: 10, memory: 100), large: metrics(first: 610, gap: 54, memory: 980))
        #expect(
            comparison.sentence
                == "small: 6.1x faster to first token, 5.4x tokens/s, 9.8x less memory")
        #expect(comparison.briefSentence == "6.1x faster, 5.4x tok/s, 9.8x smaller")
        #expect(abs((comparison.timeToFirstToken?.advantage ?? 0) - 6.1) < 1e-9)
        #expect(abs((comparison.decodeRate?.advantage ?? 0) - 5.4) < 1e-9)
        #expect(abs((comparison.memory?.advantage ?? 0) - 9.8) < 1e-9)
    }

    @Test func saysWhereTheSmallModelIsWorse() {
        let comparison = Comparison(
            small: metrics(first: 130, gap: 30, memory: 240), large: metrics(first: 100, gap: 20, memory: 100))
        #expect(
            comparison.sentence == "small: 1.3x slower to first token, 1.5x fewer tokens/s, 2.4x more memory")
        #expect(comparison.briefSentence == "1.3x slower, 1.5x fewer tok/s, 2.4x larger")
    }

    @Test func saysWhereTheyAreEven() {
        let comparison = Comparison(
            small: metrics(first: 100, gap: 10, memory: 100), large: metrics(first: 104, gap: 10, memory: 96))
        #expect(comparison.sentence == "small: as fast to first token, same tokens/s, same memory")
    }

    @Test func leavesOutWhatIsMissing() {
        let comparison = Comparison(
            small: metrics(first: 100, gap: nil, memory: nil), large: metrics(first: 1234, gap: 10, memory: 7))
        #expect(comparison.sentence == "small: 12x faster to first token")
        #expect(comparison.decodeRate == nil)
        let nothing = Metrics(loadDuration: .zero, contextAvailable: 1)
        #expect(Comparison(small: nothing, large: nothing).sentence == nil)
        #expect(Comparison(small: nothing, large: nothing).briefSentence == nil)
    }

    @Test func zeroIsNoFigure() {
        let comparison = Comparison(
            small: metrics(first: 0, gap: 10, memory: 0), large: metrics(first: 10, gap: 10, memory: 10))
        #expect(comparison.sentence == "small: same tokens/s")
    }

    @Test(arguments: [
        (0.0024, "24x cheaper", "24x cheaper"), (0.0001, "same cost", "same cost"),
        (0.00001, "10x dearer", "10x dearer"),
    ])
    func saysWhatIsCheaper(large: Double, phrase: String, brief: String) {
        let comparison = Comparison(small: priced(0.0001), large: priced(large))
        #expect(comparison.sentence == "small: same tokens/s, \(phrase)")
        #expect(comparison.briefSentence == "same tok/s, \(brief)")
    }

    @Test func anEstimatedCostMakesAnEstimate() {
        var large = priced(0.002)
        large.countsChunks = true
        // Chunks aren't held against tokens.
        #expect(Comparison(small: priced(0.001), large: large).sentence == "small: ~2.0x cheaper")
    }

    @Test func costsInTwoCurrenciesAreNotCompared() {
        let comparison = Comparison(small: priced(0.001), large: priced(0.002, currency: "EUR"))
        #expect(comparison.cost == nil)
        #expect(Comparison(small: priced(0.001), large: metrics(first: 0, gap: 10, memory: nil)).cost == nil)
    }

    /// A model that thinks has a first token soon, and its answer late.
    @Test func thoughtsAreNoAnswer() {
        let plain = metrics(first: 200, gap: nil, memory: nil)
        var thinking = metrics(first: 100, gap: nil, memory: nil)
        thinking.timeToFirstOutput = .milliseconds(1000)
        #expect(Comparison(small: plain, large: thinking).sentence == "small: 5.0x faster to its answer")
        #expect(Comparison(small: plain, large: thinking).briefSentence == "5.0x faster")
        #expect(Comparison(small: thinking, large: plain).sentence == "small: 5.0x slower to its answer")
        #expect(Comparison(small: thinking, large: thinking).sentence == "small: as fast to its answer")
        #expect(abs((Comparison(small: plain, large: thinking).timeToFirstToken?.advantage ?? 0) - 0.5) < 1e-9)
        // Nobody knows yet when the answer comes.
        thinking.timeToFirstOutput = nil
        #expect(Comparison(small: plain, large: thinking).sentence == nil)
    }

    /// An answer that costs so much, at a price by the token.
    private func priced(_ amount: Double, currency: String = "$") -> Metrics {
        var metrics = metrics(first: 0, gap: 10, memory: nil)
        metrics.promptTokens = 1
        metrics.cachedTokens = 0
        metrics.price = Price(.perMillionTokens(input: amount * 1e6, cachedInput: nil, output: 0), currency: currency)
        return metrics
    }

    /// Times in milliseconds; three tokens where there is a gap.
    private func metrics(first: Int, gap: Int?, memory: Int?) -> Metrics {
        var metrics = Metrics(loadDuration: .zero, contextAvailable: 1)
        metrics.generatedTokens = gap == nil ? 1 : 3
        metrics.timeToFirstToken = .milliseconds(first)
        metrics.timeToFirstOutput = metrics.timeToFirstToken
        metrics.timeToLastToken = .milliseconds(first + 2 * (gap ?? 0))
        metrics.memory = memory.map {
            MemoryUse(weightsMapped: 0, weightsResident: $0, repacked: 0, keyValueCache: 0, scratch: 0)
        }
        return metrics
    }
}
