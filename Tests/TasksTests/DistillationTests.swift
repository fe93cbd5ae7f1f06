import Chat
import Evaluation
import Foundation
import Reports
import Synchronization
import Testing

@testable import Tasks

/// Says "a" where a text has more a than b, with a probability; refuses texts with "!".
private final class LetterTeacher: Solver {
    let profile = SolverProfile(name: "teacher", kind: .model, bytes: 1_000_000, fingerprint: "t1")
    let asked = Mutex<[String]>([])
    let failsAfter: Int

    init(failsAfter: Int = .max) { self.failsAfter = failsAfter }

    struct Broken: Error {}

    func solve(_ example: Example) async throws -> Solution {
        let count = asked.withLock { asked in
            asked.append(example.id)
            return asked.count
        }
        if count > failsAfter { throw Broken() }
        if example.text.contains("!") { return Solution(answer: "hm") }
        let share = Double(example.text.count { $0 == "a" }) / Double(example.text.count)
        let first = 0.1 + 0.8 * share
        return Solution(answer: first > 0.5 ? "a" : "b", probabilities: [first, 1 - first])
    }
}

private func texts(_ count: Int, seed: UInt64) -> [Example] {
    var generator = SplitMix(seed: seed)
    return (0..<count).map { index in
        // Sixteen letters: hardly any text comes twice.
        let text = String(
            (0..<15).map { _ in Bool.random(using: &generator) ? "a" : "b" } + (index % 3 == 0 ? "a" : "b"))
        let isFirst = text.count { $0 == "a" } > 8
        // What is expected is the teacher's rule, but for each tenth text.
        return Example(id: "\(index)", text: text, expected: isFirst != (index % 10 == 0) ? "a" : "b")
    }
}

@Suite struct DistillationTests {
    private func distillation(
        _ examples: [Example], teacher: LetterTeacher = LetterTeacher(), minimumConfidence: Double = 0
    ) throws -> Distillation {
        Distillation(
            plan: try DistillationPlan(labels: ["a", "b"], minimumConfidence: minimumConfidence), title: "letters.csv",
            teacher: Entrant(teacher, role: "large"), encoder: LetterEncoder(),
            encoderIdentity: Student.letters.encoder,
            studentName: "student.json", date: "2026-01-01T00:00:00Z", examples: examples)
    }

    @Test func aStudentAgreesWithItsTeacher() async throws {
        let teacher = LetterTeacher()
        let examples = texts(200, seed: 1)
        var board = TaskBoard(task: "", title: "", sides: [])
        let result = try await distillation(examples, teacher: teacher).run { board.apply($0) }
        let summary = result.summary
        let test = summary.texts.test
        #expect((45...55).contains(test))
        #expect(summary.agreement?.trials == test)
        #expect(try #require(summary.agreement).value >= 0.96)
        // A tenth of the texts expects the other label.
        #expect(abs(try #require(summary.student.accuracy).value - 0.9) < 0.1)
        #expect(summary.test?.pValue ?? 0 > 0.05)
        #expect(result.student.training.agreement == ShareFigures(summary.agreement))
        // The probabilities were learned, too.
        #expect(abs(result.student.regression.probabilities([0.75, 0.25])[0] - 0.7) < 0.03)
        #expect(board.sides.map(\.done) == [summary.texts.training + summary.texts.validation + test, test])
        #expect(board.sides.map(\.phase) == [.done, .done])
        #expect(board.report == result.report)
        // Each text once, but for a warm-up in either run.
        let different = summary.texts.all - summary.texts.repeated
        #expect(teacher.asked.withLock { $0.count } == different + 2)
    }

    @Test func whatIsExpectedIsNotLearned() async throws {
        let examples = texts(120, seed: 2)
        // With the labels exchanged the texts come into the same parts.
        let exchanged = examples.map { example in
            var example = example
            example.expected = example.expected == "a" ? "b" : "a"
            return example
        }
        let one = try await distillation(examples).run()
        let other = try await distillation(exchanged).run()
        #expect(one.student.regression == other.student.regression)
        let (right, wrong) = (one.summary.student.accuracy, other.summary.student.accuracy)
        #expect(abs(try #require(right).value + (try #require(wrong)).value - 1) < 1e-9)
    }

    @Test func theSameTextsGiveTheSameStudent() async throws {
        let examples = texts(120, seed: 3)
        let one = try await distillation(examples).run().student
        let other = try await distillation(examples).run().student
        #expect(try StudentFile.data(of: one) == StudentFile.data(of: other))
    }

    @Test func whatWasInterruptedGoesOn() async throws {
        let folder = NSTemporaryDirectory() + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let header = RunRecord.Header(task: "distill", title: "letters.csv", created: "2026-01-01T00:00:00Z")
        func run(_ teacher: LetterTeacher) async throws -> Distillation.Result {
            let record = try RunRecord(path: folder + "/record.jsonl", header: header)
            let vectors = try VectorRecord(path: folder + "/record.vectors", encoder: "e1", dimensions: 2)
            return try await distillation(texts(80, seed: 4), teacher: teacher).run(record: record, vectors: vectors)
        }
        await #expect(throws: LetterTeacher.Broken.self) { try await run(LetterTeacher(failsAfter: 31)) }
        let second = LetterTeacher()
        let result = try await run(second)
        let different = result.summary.texts.all - result.summary.texts.repeated
        // Thirty were done before, one was a warm-up; two warm-ups are new.
        #expect(second.asked.withLock { $0.count } == different - 30 + 2)
        let third = LetterTeacher()
        let again = try await run(third)
        #expect(third.asked.withLock { $0 } == [])
        #expect(again.student == result.student)
        #expect(again.summary.embeddingSeconds == 0)
        #expect(again.summary.agreement == result.summary.agreement)
    }

    @Test func textsThatCannotBeLearnedAreCounted() async throws {
        var examples = texts(100, seed: 5)
        let parts = try DistillationParts(examples, plan: DistillationPlan(labels: ["a", "b"]))
        let learned = parts.training.prefix(3).map(\.id)
        for index in examples.indices {
            if examples[index].id == learned[0] { examples[index].text = "!" }
            if examples[index].id == learned[1] { examples[index].text = String(repeating: "a", count: 30) }
            if examples[index].id == learned[2] { examples[index].text = parts.test[0].text }
        }
        let summary = try await distillation(examples).run().summary
        #expect(summary.texts.unlabelled + summary.texts.refused + summary.texts.repeated >= 1)
        #expect(summary.texts.repeated == 100 - Set(examples.map(\.text)).count)
        #expect(
            summary.labelCounts.reduce(0, +) == summary.texts.training + summary.texts.validation
                - summary.texts.unlabelled - summary.texts.refused)
        let unsure = try await distillation(examples, minimumConfidence: 0.6).run().summary
        #expect(unsure.texts.unsure > 10)
    }

    @Test func lessonsAreWhatTheTeacherSaid() throws {
        let plan = try DistillationPlan(labels: ["a", "b"], minimumConfidence: 0.6)
        #expect(plan.lesson(of: nil) == .unlabelled)
        #expect(plan.lesson(of: Solution(answer: "c", probabilities: [0.9, 0.1])) == .unlabelled)
        #expect(plan.lesson(of: Solution(answer: "b")) == .target([0, 1]))
        #expect(plan.lesson(of: Solution(answer: "a", probabilities: [0.55, 0.45])) == .unsure)
        #expect(plan.lesson(of: Solution(answer: "a", probabilities: [0.8, 0.2])) == .target([0.8, 0.2]))
        // A temperature of 2 takes the square roots: 0.8 : 0.2 becomes 2 : 1; what is impossible stays so.
        let soft = try DistillationPlan(labels: ["a", "b"], temperature: 2)
        guard case .target(let target) = soft.lesson(of: Solution(answer: "a", probabilities: [0.8, 0.2])) else {
            throw TaskError("expected a target")
        }
        #expect(abs(target[0] - 2 / 3.0) < 1e-12)
        #expect(soft.lesson(of: Solution(answer: "a", probabilities: [1, 0])) == .target([1, 0]))
    }

    @Test func plansAndTextsThatDoNotDoAreRefused() throws {
        #expect(throws: TaskError.self) { try DistillationPlan(labels: ["a"]) }
        #expect(throws: TaskError.self) {
            try DistillationPlan(labels: ["a", "b"], testShare: 0.9, validationShare: 0.1)
        }
        #expect(throws: TaskError.self) { try DistillationPlan(labels: ["a", "b"], temperature: 0) }
        #expect(throws: TaskError.self) { try DistillationPlan(labels: ["a", "b"], minimumConfidence: 1) }
        let plan = try DistillationPlan(labels: ["a", "b"])
        let foreign = #expect(throws: TaskError.self) {
            try DistillationParts([Example(id: "7", text: "x", expected: "c")], plan: plan)
        }
        #expect(foreign?.description.contains("example 7: expected one of the labels a, b, found 'c'") == true)
        #expect(throws: TaskError.self) { try DistillationParts([Example(id: "1", text: "x")], plan: plan) }
    }

    @Test func theTimeLeftCountsAllThatIsLeft() {
        var progress = DistillationProgress(labelling: 3, test: 2)
        func outcome(_ milliseconds: Double, side: Int, before: Bool = false) -> TaskUpdate {
            .outcome(
                .init(answer: "a", milliseconds: milliseconds), side: side, id: "1", text: "", expected: nil,
                wasDoneBefore: before)
        }
        func left(_ updates: [TaskUpdate]) -> Double? {
            if case .timeLeft(let seconds)? = updates.last { seconds } else { nil }
        }
        #expect(left(progress.labelling(outcome(1000, side: 0, before: true))) == nil)
        // Three more for the teacher; nobody knows yet how long vectors take.
        #expect(left(progress.labelling(outcome(1000, side: 0))) == 3)
        #expect(left(progress.labelling(outcome(1000, side: 0))) == 2)
        #expect(left([progress.embedded(0.5)]) == 2 + 2 * 0.5 + 2 * 0.5)
        #expect(left(progress.testing(outcome(1000, side: 0))) == 1 + 2 * 0.5)
        #expect(progress.testing(.timeLeft(seconds: 9)).isEmpty)
        #expect(progress.labelling(.phase(.done, side: 0)).isEmpty)
    }
}
