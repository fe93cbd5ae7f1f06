import Chat
import Foundation
import Reports
import Synchronization
import Testing

@testable import Evaluation

/// Answers with the text itself in capitals, or as it is told.
private final class ScriptedSolver: Solver {
    let profile: SolverProfile
    let answers: @Sendable (Example) throws -> String
    let solved = Mutex<[String]>([])

    init(_ name: String, answers: @escaping @Sendable (Example) throws -> String = { $0.text.uppercased() }) {
        profile = SolverProfile(name: name, kind: .model, bytes: 1, fingerprint: name)
        self.answers = answers
    }

    func solve(_ example: Example) async throws -> Solution {
        solved.withLock { $0.append(example.id) }
        return Solution(answer: try answers(example))
    }
}

private struct TooLong: RefusingError, CustomStringConvertible {
    var refusal: Refusal? { .tooLong(tokens: 9, limit: 5) }
    var description: String { "9 tokens, 5 fit" }
}

private struct Broken: Error {}

@Suite struct EvaluationRunTests {
    private let examples = (1...4).map { Example(id: "\($0)", text: "t\($0)", expected: "T\($0)") }

    private func run(_ solvers: [ScriptedSolver]) -> EvaluationRun {
        EvaluationRun(
            task: "test", title: "examples", entrants: solvers.map { Entrant($0) }, examples: examples,
            judge: JudgeRule.exact.accepts)
    }

    @Test func sidesTakeTurnsAndTheOneWhoBeginsChanges() async throws {
        let order = Mutex<[String]>([])
        let solvers = ["a", "b"].map { name in
            ScriptedSolver(name) { example in
                order.withLock { $0.append(name + example.id) }
                return example.text
            }
        }
        _ = try await run(solvers).run()
        // The first of each is its warm-up, with an example that doesn't come next.
        #expect(order.withLock { $0 } == ["a4", "b4", "a1", "b1", "b2", "a2", "a3", "b3", "b4", "a4"])
    }

    @Test func whatWasDoneIsTakenOver() async throws {
        let path = NSTemporaryDirectory() + UUID().uuidString + "/record.jsonl"
        let header = RunRecord.Header(task: "test", title: "examples", created: "2026-01-01T00:00:00Z")
        let first = ScriptedSolver("a") { if $0.id == "3" { throw Broken() } else { return $0.text } }
        await #expect(throws: Broken.self) {
            _ = try await run([first]).run(record: try RunRecord(path: path, header: header))
        }
        // The end of a line that a killed process had begun.
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("{\"solver\":\"a\",\"exam".utf8))
        try handle.close()
        let second = ScriptedSolver("a")
        let results = try await run([second]).run(record: try RunRecord(path: path, header: header))
        #expect(second.solved.withLock { $0 } == ["4", "3", "4"])
        #expect(results[0].outcomes.count == 4)
        #expect(results[0].accuracy?.successes == 4)
        let third = ScriptedSolver("a")
        _ = try await run([third]).run(record: try RunRecord(path: path, header: header))
        #expect(third.solved.withLock { $0 } == [])
    }

    @Test func aRecordInUseIsRefused() throws {
        let path = NSTemporaryDirectory() + UUID().uuidString + ".jsonl"
        let header = RunRecord.Header(task: "test", title: "", created: "")
        let record = try RunRecord(path: path, header: header)
        #expect(throws: RunRecordError.inUse(path: path)) { try RunRecord(path: path, header: header) }
        withExtendedLifetime(record) {}
    }

    @Test func anotherTasksRecordIsRefused() throws {
        let path = NSTemporaryDirectory() + UUID().uuidString + ".jsonl"
        _ = try RunRecord(path: path, header: RunRecord.Header(task: "one", title: "", created: ""))
        let error = #expect(throws: RunRecordError.self) {
            try RunRecord(path: path, header: RunRecord.Header(task: "other", title: "", created: ""))
        }
        #expect(error?.description.contains("task 'one', this one is 'other'") == true)
    }

    @Test func anExampleThatIsRefusedCountsAsWrong() async throws {
        let solver = ScriptedSolver("a") { if $0.id == "2" { throw TooLong() } else { return $0.text } }
        var board = TaskBoard(task: "", title: "", sides: [])
        let results = try await run([solver]).run { board.apply($0) }
        #expect(results[0].outcomes["2"]?.failure == "9 tokens, 5 fit")
        #expect(results[0].accuracy?.successes == 3)
        #expect(board.sides[0].done == 4)
        #expect(board.sides[0].phase == .done)
        #expect(board.rows.map { $0.outcomes[0]?.isRight } == [true, false, true, true])
    }
}
