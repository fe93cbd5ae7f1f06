import Testing

@testable import Chat

@Suite struct ProportionTests {
    /// Intervals computed from the published formula, elsewhere.
    @Test(arguments: [
        (7.0, 10, 0.396778, 0.892209), (0.0, 5, 0.0, 0.434482), (5.0, 5, 0.565518, 1.0), (1.0, 2, 0.094531, 0.905469),
        (52.5, 100, 0.428023, 0.620128),
    ])
    func intervals(_ successes: Double, _ trials: Int, _ low: Double, _ high: Double) throws {
        let interval = try #require(Proportion(successes: successes, trials: trials)).interval
        #expect(abs(interval.lowerBound - low) < 1e-4)
        #expect(abs(interval.upperBound - high) < 1e-4)
    }

    @Test func nothingIsSaidOfNothing() {
        #expect(Proportion(successes: 0, trials: 0) == nil)
        #expect(Proportion(successes: 3, trials: 2) == nil)
    }
}

@Suite struct SpreadTests {
    @Test func mediansOfOddAndEvenCounts() throws {
        let odd = try #require(Spread([3, 1, 2]))
        #expect(odd.median == 2 && odd.smallest == 1 && odd.largest == 3 && odd.count == 3)
        #expect(Spread([4, 1, 2, 3])?.median == 2.5)
        #expect(Spread([]) == nil)
        #expect(Spread([.nan, 2])?.count == 1)
    }
}
