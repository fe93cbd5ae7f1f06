import Chat
import Foundation
import Reports
import Synchronization
import Testing

@testable import Evaluation

/// Is right about every n-th example, and holds so many bytes.
private final class ScriptedSolver: Solver {
    let profile: SolverProfile
    let solved = Mutex(0)
    private let isRight: @Sendable (Example) -> Bool
    private let memory: Int

    init(_ name: String, bytes: Int, memory: Int = 1000, isRight: @escaping @Sendable (Example) -> Bool) {
        profile = SolverProfile(name: name, kind: .model, bytes: bytes, fingerprint: name)
        self.isRight = isRight
        self.memory = memory
    }

    func solve(_ example: Example) async throws -> Solution {
        solved.withLock { $0 += 1 }
        return Solution(answer: isRight(example) ? example.expected ?? "" : "wrong")
    }

    func memoryUse() -> Int? { memory }
}

@Suite struct AdviceRunTests {
    private let examples = MadeUpResults.examples(400)

    private func solvers() -> [ScriptedSolver] {
        [
            ScriptedSolver("large", bytes: 300) { _ in true },
            ScriptedSolver("small", bytes: 100) { Int($0.id)!.isMultiple(of: 3) },
            ScriptedSolver("middle", bytes: 200) { !Int($0.id)!.isMultiple(of: 20) },
        ]
    }

    private func run(_ entrants: [Entrant], isComplete: Bool = false, limit: Int? = nil) -> AdviceRun {
        AdviceRun(
            title: "task.yaml", entrants: entrants,
            plan: AdvicePlan(
                examples: examples, limit: limit, share: 0.5, isStratified: true, stopsEarly: !isComplete,
                confidence: 0.95, seed: 3),
            requirements: [Requirement(.accuracy, 0.85)], isComplete: isComplete, judge: ==)
    }

    private func record() throws -> RunRecord {
        try RunRecord(
            path: NSTemporaryDirectory() + UUID().uuidString + "/record.jsonl",
            header: RunRecord.Header(task: "advise", title: "task.yaml", created: "2026-01-01T00:00:00Z"))
    }

    @Test func whoFailsIsStoppedAndOnlyTheAnswerIsConfirmed() async throws {
        let solvers = solvers()
        var board = TaskBoard(task: "", title: "", sides: [])
        let advice = try await run(solvers.map { Entrant($0) }).run { board.apply($0) }
        #expect(advice.candidates.map(\.profile.name) == ["small", "middle", "large"])
        #expect(advice.answer == .smallest(1))
        #expect(advice.confirmation == .confirmed)
        // One example each warms up.
        #expect(solvers.map { $0.solved.withLock { $0 } } == [201, 51, 401])
        #expect(advice.candidates.map(\.examples) == [50, 200, 200])
        #expect(advice.candidates.map(\.heldOutExamples) == [0, 200, 0])
        #expect(board.notes.count == 2)
        #expect(board.sides.allSatisfy { $0.phase == .done })
        #expect(board.report?.blocks.first == .verdict(advice.verdict))
    }

    @Test func whoMayBeTheBestIsAlsoHeldAgainstItOnWhatIsHeldOut() async throws {
        let solvers = solvers()
        let entrants = solvers.map { Entrant($0) }
        let run = AdviceRun(title: "", entrants: entrants, plan: run(entrants).plan, requirements: [], judge: ==)
        let advice = try await run.run()
        // Five points behind the best are too many, but not surely more than three.
        #expect(advice.answer == .tooFew(open: 1, safe: 2))
        #expect(advice.candidates.map(\.heldOutExamples) == [0, 200, 200])
        #expect(advice.confirmation == .confirmed)
        #expect((advice.moreExamples ?? 0) > 0)
    }

    @Test func completeRunsLeaveNothingOut() async throws {
        let solvers = solvers()
        let advice = try await run(solvers.map { Entrant($0) }, isComplete: true).run()
        #expect(solvers.map { $0.solved.withLock { $0 } } == [401, 401, 401])
        #expect(advice.answer == .smallest(1))
    }

    @Test func recordsGiveTheSameVerdictWithoutSolvers() async throws {
        let record = try record()
        let solvers = solvers()
        let run = run(solvers.map { Entrant($0) })
        let advice = try await run.run(record: record)
        let replayed = AdviceRun.replay(
            record, profiles: record.profiles, plan: run.plan, requirements: run.requirements, judge: ==)
        #expect(replayed == advice)
        func answer(at accuracy: Double) -> Advice.Answer {
            AdviceRun.replay(
                record, profiles: record.profiles, plan: run.plan, requirements: [Requirement(.accuracy, accuracy)],
                judge: ==
            ).answer
        }
        #expect(answer(at: 0.97) == .tooFew(open: 1, safe: 2))
        // Too few of the one that was stopped when more was asked for.
        #expect(answer(at: 0.2) == .tooFew(open: 0, safe: 1))
    }

    @Test func whatWasStoppedIsNotOpenedAgain() async throws {
        let record = try record()
        _ = try await run(solvers().map { Entrant($0) }).run(record: record)
        let opened = Mutex<[String]>([])
        let entrants = solvers().map { solver in
            Entrant(solver.profile) {
                opened.withLock { $0.append(solver.profile.name) }
                return solver
            }
        }
        _ = try await run(entrants).run(record: record)
        #expect(opened.withLock { $0 } == [])
    }

    @Test func partsDoNotOverlapAndAreShuffled() {
        let sorted = examples.sorted { ($0.expected ?? "", $0.id) < ($1.expected ?? "", $1.id) }
        let plan = AdvicePlan(
            examples: sorted, limit: 300, share: 0.4, isStratified: true, stopsEarly: true, confidence: 0.95, seed: 0)
        #expect(plan.choosing.count == 120 && plan.confirming.count == 180)
        #expect(Set(plan.choosing.map(\.id)).isDisjoint(with: plan.confirming.map(\.id)))
        #expect(plan.choosing.count { $0.expected == "yes" } == 60)
        #expect(Set(plan.choosing.prefix(50).compactMap(\.expected)) == ["yes", "no"])
        // A hundred would be too near to the end.
        #expect(plan.looks == [50, 120])
        #expect(abs(plan.earlyConfidence - 0.995) < 1e-12 && abs(plan.lastConfidence - 0.955) < 1e-12)
        // Answers of which each is another one divide as asked, too.
        let answers = examples.map { Example(id: $0.id, text: $0.text, expected: $0.id) }
        let other = AdvicePlan(
            examples: answers, limit: nil, share: 0.4, isStratified: false, stopsEarly: false, confidence: 0.95, seed: 0
        )
        #expect(other.choosing.count == 160 && other.confirming.count == 240)
        #expect(other.choosing.allSatisfy { $0.expected == $0.id })
        #expect(other.looks == [160] && other.lastConfidence == 0.95)
    }

    /// If both candidates are as good as what is required, each is stopped too early in at most a tenth of the error.
    @Test func looksSeldomStopWhoIsGoodEnough() {
        var made = MadeUpResults(seed: 9)
        let plan = MadeUpResults.plan(examples, stopsEarly: true)
        let stopped = (0..<1000).count { _ in
            let evidence = Evidence(made.result(.init(accuracy: 0.8), plan.choosing), on: plan.choosing, currency: nil)
            return AdviceJudging(requirements: [Requirement(.accuracy, 0.8)], plan: plan, evidence: [evidence])
                .stoppedAfter[0] != nil
        }
        // 0.5 % on one side; 15 of 1000 would come once in ten thousand times.
        #expect(stopped <= 15)
    }
}
