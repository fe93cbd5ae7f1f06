import Testing

@testable import Evaluation

/// What holds for any candidates and any requirements.
@Suite struct AdvicePropertyTests {
    private func advice(_ results: [SolverResult], _ examples: [Example], _ requirements: [Requirement]) -> Advice {
        Advice(results: results, plan: MadeUpResults.plan(examples), requirements: requirements, currency: "$")
    }

    private func name(_ advice: Advice, _ index: Int?) -> String? { index.map { advice.candidates[$0].profile.name } }

    @Test(arguments: 0..<150) func agreesWithBruteForce(seed: Int) {
        var made = MadeUpResults(seed: UInt64(seed))
        let examples = MadeUpResults.examples(Int.random(in: 100...220, using: &made.generator))
        let results = made.anyResults(examples)
        let requirements = made.anyRequirements()
        let advice = advice(results, examples, requirements)
        let expected = BruteForce(results: results, examples: examples, currency: "$").answer(
            requirements.isEmpty ? [.nearTheBest] : requirements)
        #expect(name(advice, advice.answer.safe) == expected.safe)
        if case .tooFew(let open, _) = advice.answer {
            #expect(name(advice, open) == expected.open)
        } else {
            #expect(expected.open == nil)
        }
    }

    @Test(arguments: 0..<100) func theAnswerMeetsEverythingAndNoSmallerOneDoes(seed: Int) throws {
        var made = MadeUpResults(seed: UInt64(1000 + seed))
        let examples = MadeUpResults.examples(150)
        let advice = advice(made.anyResults(examples), examples, made.anyRequirements())
        let standings = advice.candidates.map(\.standing)
        switch advice.answer {
        case .smallest(let candidate):
            #expect(advice.candidates[candidate].standings.allSatisfy { $0 == .met })
            #expect(standings[..<candidate].allSatisfy { $0 == .missed || $0 == .unmeasured })
        case .none: #expect(standings.allSatisfy { $0 == .missed || $0 == .unmeasured })
        case .tooFew(let open, let safe):
            #expect(standings[open] == .undecided)
            #expect(standings[..<(safe ?? standings.count)].allSatisfy { $0 != .met })
        }
    }

    @Test(arguments: 0..<100) func askingForLessNeverNeedsALargerOne(seed: Int) throws {
        var made = MadeUpResults(seed: UInt64(2000 + seed))
        let examples = MadeUpResults.examples(150)
        let results = made.anyResults(examples)
        var requirements = made.anyRequirements()
        if requirements.isEmpty { requirements = [Requirement(.accuracy, made.bound(of: .accuracy))] }
        let before = advice(results, examples, requirements)
        let index = Int.random(in: requirements.indices, using: &made.generator)
        let factor = Double.random(in: 0...1, using: &made.generator)
        requirements[index].bound *= requirements[index].measure.isBetterHigher ? factor : 1 + factor
        let after = advice(results, examples, requirements)
        if let safe = before.answer.safe { #expect(try #require(after.answer.safe) <= safe) }
    }

    @Test(arguments: 0..<60) func moreOfTheSameTurnsNoDecisionAround(seed: Int) throws {
        var made = MadeUpResults(seed: UInt64(3000 + seed))
        let examples = MadeUpResults.examples(100)
        let results = made.anyResults(examples)
        let requirements = Measure.allCases.map { Requirement($0, made.bound(of: $0)) }
        let before = advice(results, examples, requirements)
        // The same examples under other names, three times.
        let copies = (1...3).flatMap { copy in
            examples.map { Example(id: "\($0.id).\(copy)", text: $0.text, expected: $0.expected) }
        }
        let copied = results.map { result in
            var result = result
            for example in examples {
                for copy in 1...3 {
                    result.outcomes["\(example.id).\(copy)"] = result.outcomes[example.id]
                    result.isRight["\(example.id).\(copy)"] = result.isRight[example.id]
                }
            }
            return result
        }
        let after = advice(copied, copies, requirements)
        for (one, other) in zip(before.candidates, after.candidates) {
            for (before, after) in zip(one.standings, other.standings) {
                #expect(!(before == .met && after == .missed) && !(before == .missed && after == .met))
            }
        }
    }

    @Test(arguments: 0..<60) func changesSayWhatTheAnswerWouldBe(seed: Int) throws {
        var made = MadeUpResults(seed: UInt64(4000 + seed))
        let examples = MadeUpResults.examples(120)
        let results = made.anyResults(examples)
        let requirements = made.anyRequirements()
        let advice = advice(results, examples, requirements)
        let wanted = advice.requirements
        for measure in Measure.allCases
        where measure != .behindBest || wanted.contains(where: { $0.measure == measure }) {
            let current = wanted.first { $0.measure == measure }?.bound
            for _ in 0..<8 {
                let bound = made.bound(of: measure)
                let isLooser = current.map { measure.isBetterHigher ? bound < $0 : bound > $0 } ?? false
                let reached = advice.changes.filter { change in
                    guard change.measure == measure, change.isTighter != isLooser else { return false }
                    return measure.isBetterHigher != isLooser
                        ? bound > change.bound || (isLooser && bound == change.bound)
                        : bound < change.bound || (isLooser && bound == change.bound)
                }
                // Where nothing was required, a requirement also rejects those it can't be measured of.
                guard current != nil || advice.candidates.allSatisfy({ $0.estimates[measure] != nil }) else { continue }
                let others = wanted.filter { $0.measure != measure }
                let changed = self.advice(results, examples, others + [Requirement(measure, bound)])
                #expect(changed.answer == reached.last?.answer ?? advice.answer, "\(measure) at \(bound)")
            }
        }
    }
}
