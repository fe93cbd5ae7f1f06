import Chat
import Reports
import Testing

@testable import Evaluation

@Suite struct AccuracyVerdictTests {
    /// - Parameter right: of each example.
    private func result(_ name: String, _ right: [Bool], milliseconds: Double = 10) -> SolverResult {
        var result = SolverResult(profile: SolverProfile(name: name, kind: .model, bytes: 1, fingerprint: name))
        for (index, isRight) in right.enumerated() {
            result.outcomes["\(index)"] = Outcome(
                solution: Solution(answer: "a", probabilities: nil), seconds: milliseconds / 1000)
            result.isRight["\(index)"] = isRight
        }
        return result
    }

    @Test func theMostAccurateIsNamedAndOthersAreHeldAgainstIt() throws {
        // Twelve of a hundred where only one is right: 2 · 0.5¹² = 0.00049.
        let small = result("small", (0..<100).map { $0 >= 22 }, milliseconds: 1)
        let large = result("large", (0..<100).map { $0 >= 10 }, milliseconds: 10)
        let text = try #require(AccuracyVerdict.text([small, large], noun: "label"))
        #expect(
            text.hasPrefix(
                "large gives the expected label in 90.0 % (82.6–94.5) of 100 examples. small: -12.0 points ("))
        #expect(text.hasSuffix("more than chance (McNemar's p below 0.001); it does 10.0 times as many in an hour."))
    }

    @Test func aDifferenceThatMayBeChanceIsCalledThat() throws {
        let text = try #require(
            AccuracyVerdict.text(
                [result("a", [true, true, false]), result("b", [true, false, false])], noun: "label"))
        #expect(text.contains("b: -33.3 points"))
        #expect(text.contains("which may be chance (McNemar's p = 1.000)"))
    }

    @Test func nothingIsSaidWithoutExpectedAnswers() {
        let result = SolverResult(profile: SolverProfile(name: "m", kind: .model, bytes: 1, fingerprint: "m"))
        #expect(AccuracyVerdict.text([result], noun: "label") == nil)
        #expect(AccuracyVerdict.plot([result]) == nil)
    }

    @Test func thePlotHasAPointForEach() throws {
        let plot = try #require(
            AccuracyVerdict.plot([result("a", [true, false]), result("b", [true, true], milliseconds: 20)]))
        #expect(plot.series[0].points.map(\.x) == [10, 20])
        #expect(plot.series[0].points.map(\.y) == [0.5, 1])
        #expect(plot.series[0].points.map(\.label) == ["a", "b"])
    }

    /// How fast somebody gives up is no speed.
    @Test func whoAlwaysFailsHasNoSpeed() {
        var result = SolverResult(profile: SolverProfile(name: "m", kind: .model, bytes: 1, fingerprint: "m"))
        result.outcomes["1"] = Outcome(failure: "no record", seconds: 0.0001)
        #expect(result.failedAlways)
        #expect(result.itemsPerHour == nil)
        #expect(result.latency == nil)
        result.outcomes["2"] = Outcome(solution: Solution(answer: "a", probabilities: nil), seconds: 0.1)
        #expect(!result.failedAlways)
        #expect(result.itemsPerHour != nil)
    }
}
