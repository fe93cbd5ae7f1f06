import Testing

@testable import Evaluation

@Suite struct StatisticsTests {
    /// Numbers of SciPy 1.17.1's `binomtest(first, first + second, 0.5)`.
    @Test(arguments: [
        (0, 0, 1.0), (5, 5, 1.0), (1, 9, 0.021484375), (9, 1, 0.021484375), (3, 14, 0.012725830078125),
        (40, 25, 0.08168153394154003), (300, 420, 8.807756168615114e-06),
    ])
    func theTestOfMcNemarIsExact(first: Int, second: Int, pValue: Double) {
        let test = McNemarTest(onlyFirst: first, onlySecond: second)
        #expect(abs(test.pValue - pValue) < 1e-9 * pValue)
    }

    @Test func aThousandMoreDoNotUnderflow() {
        #expect(McNemarTest(onlyFirst: 3000, onlySecond: 3000).pValue == 1)
        #expect(McNemarTest(onlyFirst: 0, onlySecond: 4000).pValue == 0)
    }

    @Test func onlyPairsThatDifferCount() {
        let test = McNemarTest([(true, true), (true, false), (false, true), (true, false), (false, false)])
        #expect(test.onlyFirst == 2)
        #expect(test.onlySecond == 1)
    }

    /// SciPy 1.17.1's `bootstrap` of the same differences gives 0.04 to 0.16 with 200,000 resamples.
    @Test func theBootstrapFindsTheInterval() throws {
        let differences =
            Array(repeating: 1.0, count: 30) + Array(repeating: -1, count: 10)
            + Array(repeating: 0, count: 160)
        let difference = try #require(PairedDifference(differences, seed: 3))
        #expect(abs(difference.mean - 0.1) < 1e-12)
        #expect(abs(difference.low - 0.04) <= 0.01)
        #expect(abs(difference.high - 0.16) <= 0.01)
        #expect(difference == PairedDifference(differences, seed: 3))
        #expect(PairedDifference([]) == nil)
    }

    /// Computed with NumPy from the formula: tables of 10 and 30 pairs that differ of 200, of 3 and 7 of 60, and none of 119.
    @Test(arguments: [
        (10, 30, 200, -0.1, -0.159619, -0.038401), (3, 7, 60, -4 / 60.0, -0.168125, 0.039093),
        (0, 0, 119, 0, -0.0161981, 0.0161981),
    ])
    func sharesOfPairsDiffer(first: Int, second: Int, count: Int, mean: Double, low: Double, high: Double) throws {
        let pairs = (0..<count).map { (first: $0 < first, second: $0 >= first && $0 < first + second) }
        let difference = try #require(PairedDifference(pairs))
        #expect(abs(difference.mean - mean) < 1e-12)
        #expect(abs(difference.low - low) < 1e-5)
        #expect(abs(difference.high - high) < 1e-5)
    }

    /// Computed with NumPy from the definition.
    @Test func confidenceThatIsNotKeptIsAnError() throws {
        let confidences = [0.55, 0.62, 0.71, 0.77, 0.83, 0.89, 0.93, 0.97, 1, 0.5]
        let isRight = [true, false, true, true, false, true, true, true, true, false]
        let error = try #require(
            CalibrationError(zip(confidences, isRight).map { (confidence: $0, isRight: $1) }))
        #expect(abs(error.value - 0.201) < 1e-9)
        #expect(error.bins.map(\.count) == [2, 1, 2, 2, 3])
        #expect(error.bins[0].accuracy == 0.5)
    }
}
