import Chat
import Evaluation
import Foundation
import Reports
import Testing

@testable import Tasks

/// Gives what it is told for each text, or refuses it.
private struct TableSolver: Solver {
    var profile: SolverProfile
    let solutions: [String: Solution]

    struct Refused: RefusingError, CustomStringConvertible {
        var refusal: Refusal? { .unusable("too long") }
        var description: String { "too long" }
    }

    func solve(_ example: Example) async throws -> Solution {
        guard let solution = solutions[example.text] else { throw Refused() }
        return solution
    }
}

private func profile(_ name: String, price: Price? = nil) -> SolverProfile {
    SolverProfile(name: name, kind: .model, bytes: name.count, fingerprint: name, price: price)
}

private func says(_ label: String, _ confidence: Double?, charge: Double? = nil) -> Solution {
    Solution(
        answer: label,
        probabilities: confidence.map { label == "a" ? [$0, 1 - $0] : [1 - $0, $0] }, promptTokens: 3, charge: charge)
}

/// What both made of examples whose text is their id: the small one takes 1 ms, the large one 10.
private struct Outcomes {
    var examples: [Example] = []
    var small = SolverResult(profile: profile("small"), role: "small")
    var large = SolverResult(profile: profile("large"), role: "large")

    mutating func add(expected: String, small first: Solution?, large second: Solution?) {
        let id = "\(examples.count)"
        examples.append(Example(id: id, text: id, expected: expected))
        small.outcomes[id] = Outcome(solution: first, failure: first == nil ? "too long" : nil, seconds: 0.001)
        large.outcomes[id] = Outcome(solution: second, failure: second == nil ? "too long" : nil, seconds: 0.01)
    }

    func study(_ measure: CascadeRule.Measure = .maximum) -> CascadeStudy {
        CascadeStudy(examples, small: small, large: large, measure: measure) { $0 == $1 }
    }

    /// At random: the small one is right as often as it is sure, the large one mostly.
    static func random(_ count: Int, seed: UInt64, largeAccuracy: Double = 0.95, priced: Bool = false) -> Outcomes {
        var generator = SplitMix(seed: seed)
        var outcomes = Outcomes()
        if priced { outcomes.large.profile.price = Price(.perMillionTokens(input: 1, cachedInput: nil, output: 1)) }
        func chance() -> Double { Double.random(in: 0..<1, using: &generator) }
        for _ in 0..<count {
            let expected = chance() < 0.5 ? "a" : "b"
            let other = expected == "a" ? "b" : "a"
            // In steps, so that many are equally sure.
            let confidence = 0.5 + (chance() * 20).rounded(.down) / 40
            let small = says(chance() < confidence ? expected : other, chance() < 0.1 ? nil : confidence)
            let large = says(chance() < largeAccuracy ? expected : other, 0.9, charge: priced ? 0.002 : nil)
            outcomes.add(
                expected: expected, small: chance() < 0.05 ? nil : small, large: chance() < 0.05 ? nil : large)
        }
        return outcomes
    }
}

@Suite struct CascadeTests {
    @Test(arguments: CascadeRule.Measure.allCases)
    func theCurveIsWhatCascadesGive(measure: CascadeRule.Measure) async throws {
        let outcomes = Outcomes.random(80, seed: 1, priced: true)
        let study = outcomes.study(measure)
        let curve = study.curve
        #expect(curve.count > 10)
        for point in curve {
            func solver(_ result: SolverResult) -> TableSolver {
                TableSolver(profile: result.profile, solutions: result.outcomes.compactMapValues(\.solution))
            }
            let cascade = CascadeClassifier(
                [.init(solver(outcomes.small), rule: CascadeRule(measure: measure, threshold: point.threshold))],
                last: solver(outcomes.large), name: "cascade")
            var (right, escalated, cost) = (0, 0, 0.0)
            for example in outcomes.examples {
                let solution = try? await cascade.solve(example)
                if solution?.answer == example.expected { right += 1 }
                // Nobody took it: both were asked.
                if solution?.stages ?? 2 == 2 { escalated += 1 }
                cost += solution?.charge ?? 0
            }
            let count = Double(outcomes.examples.count)
            #expect(point.accuracy == Double(right) / count)
            #expect(point.escalated == Double(escalated) / count)
            #expect(abs(point.milliseconds - (1 + 10 * point.escalated)) < 1e-9)
            #expect(abs(try #require(point.costPerThousand) - cost * 1000 / count) < 1e-9)
        }
    }

    @Test func anEarlierAnswerStandsWhereTheLargeOneHasNone() async throws {
        let small = TableSolver(profile: profile("s"), solutions: ["x": says("a", 0.6)])
        let cascade = CascadeClassifier(
            [.init(small, rule: CascadeRule(threshold: 0.9))], last: TableSolver(profile: profile("l"), solutions: [:]),
            name: "c")
        let solution = try await cascade.solve(Example(id: "1", text: "x"))
        #expect(solution.answer == "a")
        #expect(solution.stages == 2)
        await #expect(throws: TableSolver.Refused.self) { try await cascade.solve(Example(id: "2", text: "y")) }
    }

    @Test func threeStagesAreAskedInTurn() async throws {
        let solvers = [("s", 0.6), ("m", 0.7), ("l", 0.5)].map { name, confidence in
            TableSolver(profile: profile(name), solutions: ["x": says(name, confidence)])
        }
        func stages(_ threshold: Double) async throws -> Int? {
            let stages = solvers.prefix(2).map {
                CascadeClassifier.Stage($0, rule: CascadeRule(threshold: threshold))
            }
            return try await CascadeClassifier(stages, last: solvers[2], name: "c").solve(Example(id: "1", text: "x"))
                .stages
        }
        #expect(try await [stages(0.55), stages(0.65), stages(0.75)] == [1, 2, 3])
    }

    @Test func sizesAndFingerprintsAreThoseOfAllStages() {
        let profiles = [profile("small"), profile("large")]
        func cascade(_ threshold: Double) -> SolverProfile {
            CascadeClassifier.profile(of: profiles, rules: [CascadeRule(threshold: threshold)], name: "c")
        }
        #expect(cascade(0.5).bytes == 10)
        #expect(cascade(0.5).fingerprint == cascade(0.5).fingerprint)
        #expect(cascade(0.5).fingerprint != cascade(0.6).fingerprint)
    }

    @Test(arguments: [
        (CascadeRule.Measure.maximum, [0.5, 0.3, 0.2], 0.5), (.margin, [0.5, 0.3, 0.2], 0.2), (.margin, [1, 0], 1),
    ])
    func measuresOfConfidence(measure: CascadeRule.Measure, probabilities: [Double], confidence: Double) throws {
        let found = measure.confidence(of: Solution(answer: "a", probabilities: probabilities))
        #expect(abs(try #require(found) - confidence) < 1e-12)
        #expect(measure.confidence(of: Solution(answer: "a")) == nil)
        #expect(!CascadeRule(measure: measure, threshold: 0).accepts(Solution(answer: "a")))
    }

    /// Five points of a made-up curve, accuracy and milliseconds.
    private static let curve: [CascadeStudy.Point] = [
        (0, 0, 0.7, 1), (0.6, 0.2, 0.8, 3), (0.7, 0.4, 0.91, 5), (0.8, 0.7, 0.92, 8), (2, 1, 0.9, 11),
    ].map { .init(threshold: $0.0, escalated: $0.1, accuracy: $0.2, milliseconds: $0.3) }

    @Test(arguments: [
        (CascadeGoal.nearBest(0.01), 0.7), (.nearBest(0), 0.8), (.nearBest(0.3), 0), (.nearLarge(0), 0.7),
        (.nearLarge(0.1), 0.6), (.budget(4), 0.6), (.budget(100), 0.8), (.budget(1), 0),
    ])
    func goalsChooseFromTheCurve(goal: CascadeGoal, threshold: Double) {
        let point = goal.choose(from: Self.curve, largeAccuracy: 0.9, expense: .time)
        #expect(point?.threshold == threshold)
    }

    @Test func aBudgetThatNobodyKeepsIsRefused() {
        #expect(CascadeGoal.budget(0.5).choose(from: Self.curve, largeAccuracy: 0.9, expense: .time) == nil)
    }

    private func summary(_ outcomes: Outcomes, goal: CascadeGoal = .nearBest(0.01)) throws -> CascadeSummary {
        var plan = CascadeTrial.Plan()
        plan.goal = goal
        let trial = CascadeTrial(
            plan: plan, title: "x", small: Entrant(TableSolver(profile: profile("small"), solutions: [:])),
            large: Entrant(TableSolver(profile: profile("large"), solutions: [:])), examples: outcomes.examples,
            judge: { $0 == $1 })
        return try trial.summary(
            [outcomes.small, outcomes.large], ExampleSplit.split(outcomes.examples, shares: [0.5], seed: 1))
    }

    @Test func aCascadePaysWhereTheSmallOneKnowsWhenItErrs() throws {
        var outcomes = Outcomes()
        for index in 0..<200 {
            let isSure = index % 4 != 0
            outcomes.add(expected: "a", small: says(isSure ? "a" : "b", isSure ? 0.95 : 0.6), large: says("a", 1))
        }
        let summary = try summary(outcomes)
        #expect(summary.finding == .pays)
        #expect(summary.cascade.accuracy.value == 1)
        #expect(abs(summary.escalated.value - 0.25) < 0.1)
        #expect(summary.rule.threshold == 0.95)
        #expect(summary.gainOverChance.low > 0)
        #expect(summary.differenceToLarge.mean == 0)
        #expect(summary.cascade.milliseconds < 5)
        #expect(summary.cascade.result.profile.kind == .cascade)
    }

    @Test func honestAboutWhatDoesNotPay() throws {
        // As good as the large one.
        var equal = Outcomes()
        // Wrong half the time, and always as sure.
        var blind = Outcomes()
        for index in 0..<200 {
            equal.add(expected: "a", small: says("a", 0.5 + Double(index) / 500), large: says("a", 1))
            blind.add(expected: "a", small: says(index % 2 == 0 ? "a" : "b", 0.9), large: says("a", 1))
        }
        #expect(try summary(equal).finding == .smallSuffices)
        let blindSummary = try summary(blind)
        #expect(blindSummary.finding == .largeIsNeeded)
        #expect(blindSummary.escalated.value == 1)
        // Sure in one of twenty cases: 0.95 · 10 ms + 1 ms is more than 10 ms.
        var unsure = Outcomes()
        for index in 0..<400 {
            let isSure = index % 20 == 0
            unsure.add(expected: "a", small: says(isSure ? "a" : "b", isSure ? 0.95 : 0.6), large: says("a", 1))
        }
        #expect(try summary(unsure, goal: .nearBest(0)).finding == .isNoCheaper)
    }

    @Test func fewExamplesAreNoVerdict() throws {
        var outcomes = Outcomes()
        for _ in 0..<6 { outcomes.add(expected: "a", small: says("a", 0.9), large: says("a", 1)) }
        let few = try summary(outcomes)
        #expect(few.differenceToLarge.mean == 0)
        #expect(few.finding == .tooFewExamples)
        guard case .verdict(let text) = few.report(small: "small", large: "large").blocks.first else {
            Issue.record("no verdict")
            return
        }
        #expect(text.hasPrefix("Too few examples for a verdict: on the 3 that the threshold wasn't chosen with"))
    }

    @Test func oneModelIsNoCascade() async throws {
        let entrant = Entrant(TableSolver(profile: profile("same"), solutions: [:]))
        let trial = CascadeTrial(
            plan: .init(), title: "x", small: entrant, large: entrant, examples: [Example(id: "1", text: "t")],
            judge: { $0 == $1 })
        await #expect(
            throws: TaskError("expected two models, found same on both sides; name a larger one as well")
        ) {
            try await trial.run()
        }
    }

    @Test func missingTheGoalOnNewExamplesIsSaid() throws {
        var outcomes = Outcomes()
        for _ in 0..<100 { outcomes.add(expected: "a", small: says("a", 0.9), large: says("a", 1)) }
        for _ in 0..<100 { outcomes.add(expected: "a", small: says("b", 0.9), large: says("a", 1)) }
        let studies = [outcomes.examples.prefix(100), outcomes.examples.suffix(100)].map {
            CascadeStudy(Array($0), small: outcomes.small, large: outcomes.large, measure: .maximum) { $0 == $1 }
        }
        let point = studies[0].curve[0]
        let choice = CascadeSummary.Choice(
            goal: .nearBest(0.01), expense: .time, rule: CascadeRule(threshold: point.threshold), point: point,
            examples: 100)
        let summary = CascadeSummary(
            choice, judging: studies[1], name: "c", small: outcomes.small, large: outcomes.large, unjudged: 0)
        #expect(summary?.finding == .missesTheGoal)
    }

    @Test func whatIsChosenOnOnePartHoldsOnTheOther() async throws {
        let outcomes = Outcomes.random(600, seed: 5)
        func entrant(_ result: SolverResult) -> Entrant {
            Entrant(
                TableSolver(profile: result.profile, solutions: result.outcomes.compactMapValues(\.solution)),
                role: result.role)
        }
        let trial = CascadeTrial(
            plan: .init(), title: "random", small: entrant(outcomes.small), large: entrant(outcomes.large),
            examples: outcomes.examples + [Example(id: "x", text: "x")], judge: { $0 == $1 })
        var board = TaskBoard(task: "", title: "", sides: [])
        let result = try await trial.run { board.apply($0) }
        #expect(result.summary.unjudged == 1)
        #expect(result.summary.choosingExamples + result.summary.small.accuracy.trials == 600)
        #expect(board.sides.map(\.done) == [600, 600])
        #expect(board.report == result.report)
        #expect(result.summary.gainOverChance.low > 0)
        let shares = (result.summary.cascade.accuracy, result.summary.chosen.accuracy)
        #expect((shares.0.interval.lowerBound - 0.03...shares.0.interval.upperBound + 0.03).contains(shares.1))
    }

    @Test func answersWithoutProbabilitiesAreRefused() {
        var outcomes = Outcomes()
        for _ in 0..<20 { outcomes.add(expected: "a", small: says("a", nil), large: says("a", nil)) }
        let error = #expect(throws: TaskError.self) { try summary(outcomes) }
        #expect(error?.description.contains("expected probabilities") == true)
    }
}
