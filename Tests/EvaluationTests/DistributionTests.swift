import Testing

@testable import Evaluation

/// Expected figures are SciPy's (1.17.1).
@Suite struct DistributionTests {
    @Test(arguments: [
        (2.0, 3.0, 0.4, 0.5247999999999999), (0.5, 0.5, 0.1, 0.20483276469913345),
        (120, 7, 0.93, 0.21381980065083178), (1e5, 2e3, 0.98, 0.182808871970739),
        (5e6, 3e5, 0.9434, 0.5147732314041457), (2, 3, 0, 0), (2, 3, 1, 1),
    ])
    func betaFunction(a: Double, b: Double, x: Double, expected: Double) {
        #expect(abs(BetaFunction.regularized(x, a, b) - expected) < 1e-7)
    }

    @Test(arguments: [
        (0.8, 1.2815515655446004), (0.95, 1.959963984540054), (0.995, 2.807033768343811),
        (0.9999, 3.8905918864131204),
    ])
    func normalDeviations(share: Double, expected: Double) {
        #expect(abs(NormalDistribution.deviations(around: share) - expected) < 1e-9)
    }

    @Test(arguments: [
        (0.95, 1, 12.706204736174694), (0.95, 9, 2.262157162798205), (0.955, 199, 2.017371888299447),
        (0.99, 3, 5.840909309733355), (0.999, 100_000, 3.2906240314119137),
    ])
    func studentDeviations(share: Double, freedom: Int, expected: Double) {
        #expect(abs(StudentDistribution.deviations(around: share, freedom: freedom) - expected) < 1e-6)
    }

    @Test(arguments: [
        (0, 5, 0.95, 3.125000000000014e-07, 1.0), (3, 10, 0.3, 0.6496107184000002, 0.6172172136000003),
        (90, 100, 0.95, 0.028188294163416307, 0.9885275899325152),
        (18990, 20000, 0.95, 0.37728510775554885, 0.6349379589837345),
    ])
    func binomialTails(successes: Int, trials: Int, chance: Double, atMost: Double, atLeast: Double) {
        #expect(abs(BinomialDistribution.atMost(successes, of: trials, chance: chance) - atMost) < 1e-9)
        #expect(abs(BinomialDistribution.atLeast(successes, of: trials, chance: chance) - atLeast) < 1e-9)
    }

    @Test func binomialTailsOfWhatCannotBe() {
        #expect(BinomialDistribution.atMost(-1, of: 3, chance: 0.5) == 0)
        #expect(BinomialDistribution.atMost(3, of: 3, chance: 0.5) == 1)
        #expect(BinomialDistribution.atLeast(0, of: 3, chance: 0.5) == 1)
        #expect(BinomialDistribution.atLeast(4, of: 3, chance: 0.5) == 0)
    }

    /// Ranks, from 1, of the values between which the 95th percentile lies.
    @Test(arguments: [
        (20, 0.95, 17, nil), (72, 0.95, 64, 72), (73, 0.95, 65, 73), (200, 0.95, 184, 197), (500, 0.99, 462, 488),
    ])
    func quantileInterval(count: Int, confidence: Double, lower: Int, upper: Int?) throws {
        let values = (1...count).map(Double.init).shuffled()
        let estimate = try #require(Estimate(quantile: 0.95, of: values, confidence: confidence))
        #expect(estimate.lower == Double(lower))
        #expect(estimate.upper == upper.map(Double.init))
    }

    @Test(arguments: [(1, 1), (19, 19), (20, 19), (21, 20), (100, 95), (1000, 950)])
    func quantileIsTheNearestRank(count: Int, rank: Int) {
        let values = (1...count).map(Double.init)
        #expect(Estimate(quantile: 0.95, of: values, confidence: 0.95)?.value == Double(rank))
    }

    @Test func meanOfFewValues() throws {
        let estimate = try #require(Estimate(meanOf: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], confidence: 0.95))
        // 5.5 ± 2.2621571628 · 3.0276503541 / √10
        #expect(estimate.value == 5.5)
        #expect(abs((estimate.upper ?? 0) - 7.665851) < 1e-5)
        #expect(abs((estimate.lower ?? 0) - 3.334149) < 1e-5)
        #expect(Estimate(meanOf: [3], confidence: 0.95) == Estimate(3, lower: nil, upper: nil))
        #expect(Estimate(meanOf: [], confidence: 0.95) == nil)
    }

    @Test func pairsThatDifferCountAlone() throws {
        let first = [true, true, true, false, true, false]
        let second = [true, false, false, true, false, false]
        let pairs = PairedProportions(first, second)
        #expect(pairs == PairedProportions(onlyFirst: 3, onlySecond: 1, count: 6))
        let estimate = try #require(pairs.difference(confidence: 0.95))
        // Centre (4 - 2) / 8, half 1.959964 · √((6/8 - 1/16) / 8).
        #expect(estimate.value == 2.0 / 6)
        #expect(abs((estimate.lower ?? 0) - -0.3245654) < 1e-6)
        #expect(abs((estimate.upper ?? 0) - 0.8245654) < 1e-6)
    }
}
