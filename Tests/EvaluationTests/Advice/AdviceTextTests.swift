import Chat
import Reports
import Testing

@testable import Evaluation

@Suite struct AdviceTextTests {
    private let examples = MadeUpResults.examples(200)

    private func result(
        _ name: String, bytes: Int?, right: Int, milliseconds: Double = 10, memory: Int? = 5_000_000,
        price: Price? = nil
    ) -> SolverResult {
        var result = SolverResult(
            profile: SolverProfile(name: name, kind: .model, bytes: bytes, fingerprint: name, price: price))
        result.measurement.memoryBytes = memory
        for (index, example) in examples.enumerated() {
            result.isRight[example.id] = index < right
            result.outcomes[example.id] = Outcome(
                solution: Solution(answer: ""), seconds: milliseconds * (1 + Double(index % 10) / 100) / 1000)
        }
        return result
    }

    private func advice(_ results: [SolverResult], _ requirements: [Requirement]) -> Advice {
        Advice(results: results, plan: MadeUpResults.plan(examples), requirements: requirements)
    }

    @Test func theSmallestIsNamedWithTheReasonsAgainstTheOthers() {
        let advice = advice(
            [
                result("large", bytes: 1_120_000_000, right: 190), result("small", bytes: 98_400_000, right: 120),
                result("middle", bytes: 398_000_000, right: 180), result("server", bytes: nil, right: 200, memory: nil),
            ], [Requirement(.accuracy, 0.75), Requirement(.p95, 50)])
        #expect(
            advice.verdict == "middle (398 MB) is the smallest of 4 that meets everything: accuracy at least 75.0 %, "
                + "p95 at most 50.0 ms.")
        #expect(
            advice.candidates.map(\.reason) == [
                "accuracy 60.0 % (53.1 % – 66.5 %), below 75.0 %",
                "meets everything that is required: accuracy 90.0 % (85.1 % – 93.4 %), at least 75.0 %; "
                    + "p95 10.9 ms, at most 50.0 ms",
                "larger: 1.12 GB against 398 MB, and no requirement needs it",
                "its size isn't known, as on a server, which counts as larger, and no requirement needs it",
            ])
        #expect(
            advice.changeTexts.first
                == "Accuracy (at least 75.0 % now): above 85.1 % too few examples to tell middle and large apart; "
                + "above 91.1 % too few examples to tell middle and server apart; above 93.5 % too few examples to tell "
                + "large and server apart; above 97.3 % it is server; above 98.2 % too few examples to tell of server; "
                + "above 100.0 % none.")
    }

    @Test func noneIsAnAnswer() {
        let advice = advice(
            [result("a", bytes: 1, right: 100), result("b", bytes: 2, right: 90)],
            [
                Requirement(.accuracy, 0.75), Requirement(.costPerThousand, 1),
            ])
        #expect(
            advice.verdict
                == "None of the 2 candidates meets everything: accuracy at least 75.0 %, cost of a thousand at most 1.00."
        )
        #expect(
            advice.candidates[0].reason
                == "accuracy 50.0 % (43.1 % – 56.9 %), below 75.0 %; cost of a thousand isn't known: no price is configured"
        )
    }

    @Test func tooFewSaysHowManyMore() throws {
        let advice = advice(
            [result("a", bytes: 1000, right: 158), result("b", bytes: 2000, right: 190)], [Requirement(.accuracy, 0.75)]
        )
        #expect(advice.answer == .tooFew(open: 0, safe: 1))
        // At 79 % the lower end of Wilson's interval reaches 75 % with about 450 examples.
        let more = try #require(advice.moreExamples)
        #expect((240...270).contains(more))
        #expect(
            advice.verdict
                == "Too few examples to tell a (1.00 kB) and b (2.00 kB) apart: b surely meets everything, the "
                + "smaller one may. About \(more) more are needed.")
    }

    @Test func aBoundThatIsTheFigureItselfIsNeverTold() {
        let advice = advice([result("a", bytes: 1, right: 150)], [Requirement(.accuracy, 0.75)])
        #expect(advice.answer == .tooFew(open: 0, safe: nil))
        #expect(advice.moreExamples == nil)
        #expect(advice.verdict.hasSuffix("Its figures lie so near a bound that more examples may not tell."))
    }

    @Test func withoutRequirementsTheBestIsTheMeasure() {
        let advice = advice(
            [
                result("a", bytes: 1, right: 194, memory: 10), result("b", bytes: 2, right: 195, memory: 20),
                result("c", bytes: 3, right: 100, memory: 30),
            ], [])
        #expect(advice.answer == .smallest(0))
        #expect(advice.candidates[2].standing == .missed)
        #expect(advice.candidates.map(\.isOnFront) == [true, true, false])
    }

    @Test func pricesInAnotherCurrencyDoNotCount() {
        let advice = Advice(
            results: [
                result("a", bytes: 1, right: 200, price: Price(.perHour(1), currency: "EUR")),
                result("b", bytes: 2, right: 200, price: Price(.perHour(3600), currency: "$")),
            ], plan: MadeUpResults.plan(examples), requirements: [Requirement(.costPerThousand, 20)], currency: "$")
        #expect(advice.answer == .smallest(1))
        #expect(
            advice.candidates[0].reason
                == "cost of a thousand isn't known: it has no price in $; config.yaml gives one")
        #expect(advice.candidates[1].reason.hasPrefix("meets everything that is required: cost of a thousand $10.4"))
    }

    @Test func theReportHoldsAllOfIt() {
        let report = advice(
            [result("a", bytes: 1000, right: 158), result("b", bytes: 2000, right: 190)], [Requirement(.accuracy, 0.75)]
        ).report(title: "advise task.yaml")
        let headings = report.blocks.compactMap { if case .heading(let text) = $0 { text } else { nil } }
        #expect(headings == ["Why", "What would change the verdict", "How it was measured"])
        let tables = report.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
        #expect(tables[0].rows[0] == ["a", "1.00 kB", "79.0 % ?", "10.9 ms", "95.7", "5.0 MB", "200"])
        #expect(tables[0].marked == [1])
        let plots = report.blocks.compactMap { if case .plot(let plot) = $0 { plot } else { nil } }
        #expect(plots.map(\.horizontal.title) == ["p95", "memory"])
    }

    @Test func theFrontRises() {
        let points = [(3.0, 0.9), (1, 0.5), (2, 0.4), (3, 0.8), (4, 0.9)].map { ReportPlot.Point(x: $0, y: $1) }
        #expect(Advice.front(of: points).map(\.x) == [1, 3])
    }

    @Test(arguments: [
        (Measure.accuracy, 0.8125, "81.3 %"), (.p95, 9.96, "10.0 ms"), (.p95, 1234, "1.23 s"),
        (.itemsPerSecond, 41.3, "41.3 a second"), (.memory, 512e6, "512.0 MB"), (.memory, 1.12e9, "1.12 GB"),
        (.costPerThousand, 0.00123, "EUR 0.00123"), (.costPerThousand, 12, "EUR 12.00"),
        (.behindBest, 0.03, "3.0 points"),
    ])
    func figuresHaveUnits(measure: Measure, value: Double, text: String) {
        #expect(measure.text(value, currency: "EUR") == text)
    }
}
