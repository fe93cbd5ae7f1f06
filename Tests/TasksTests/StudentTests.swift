import Chat
import Evaluation
import Foundation
import Testing

@testable import Tasks

/// Counts letters: two dimensions, the share of "a" and of "b".
struct LetterEncoder: TextEmbedding {
    var profile = ModelProfile(name: "letters", fileBytes: 100, hasChatTemplate: false, loadDuration: .zero)
    let dimensions = 2

    func embed(_ text: String) async throws -> TextVector {
        guard text.count <= 20 else { throw TooLong() }
        let count = Float(max(1, text.count))
        return TextVector(
            components: [Float(text.count { $0 == "a" }) / count, Float(text.count { $0 == "b" }) / count],
            tokens: text.count)
    }

    struct TooLong: RefusingError, CustomStringConvertible {
        var refusal: Refusal? { .unusable("more than 20 letters") }
        var description: String { "more than 20 letters" }
    }
}

extension Student {
    static let letters = Student(
        labels: ["a", "b"], encoder: Encoder(name: "letters", fingerprint: "e1", dimensions: 2),
        regression: SoftmaxRegression(weights: [[2, -1.1], [-2, 1.1]], biases: [0, 0.1]),
        training: Training(
            teacher: "large", teacherFingerprint: "t1", source: "data.csv", date: "2026-01-02T03:04:05Z", seed: 1,
            trainingTexts: 8, validationTexts: 2, penalty: 0.1, temperature: 1, minimumConfidence: 0))
}

@Suite struct StudentTests {
    private func damaged(_ change: (inout Student) -> Void) throws -> Data {
        var student = Student.letters
        change(&student)
        return try StudentFile.data(of: student)
    }

    @Test func whatIsWrittenIsReadAgain() throws {
        let path = NSTemporaryDirectory() + UUID().uuidString + ".json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        var student = Student.letters
        student.regression.weights[0][1] = -.pi / 1e7
        let bytes = try StudentFile.write(student, to: path)
        #expect(try StudentFile.read(path) == student)
        #expect(bytes < 1000)
    }

    @Test func aStudentOfTwoLabelsIsSmall() throws {
        var student = Student.letters
        student.encoder.dimensions = 384
        student.regression.weights = [1, -1].map { sign in (0..<384).map { sign * sin(Float($0)) / 7 } }
        #expect(try StudentFile.data(of: student).count < 20_000)
    }

    @Test func foreignAndDamagedFilesAreNamed() throws {
        let files: [(Data, String)] = [
            (Data("GGUF".utf8), "found something else"),
            (Data("{\"kind\":\"other\",\"schema\":1}".utf8), "something else"),
            (try damaged { $0.schema = 9 }, "schema 9, this program reads 1"),
            (Data("{\"kind\":\"diptych-student\",\"schema\":1}".utf8), "expected a field 'labels', found none"),
            (try damaged { $0.labels = ["a"] }, "two different labels"),
            (try damaged { $0.regression.biases = [1] }, "a bias for each of 2 labels, found 2 and 1"),
            (try damaged { $0.regression.weights[1] = [1] }, "expected 2 weights a label, found 1"),
            (
                Data(String(decoding: try damaged { _ in }, as: UTF8.self).replacing("[0,", with: "[\"0\",").utf8),
                "another kind of value"
            ),
        ]
        for (data, message) in files {
            let error = #expect(throws: TaskError.self) { try StudentFile.student(of: data, path: "s.json") }
            let text = error?.description ?? ""
            #expect(text.hasPrefix("s.json: ") && text.contains(message) && !text.contains("\n"), "\(text)")
        }
        #expect(throws: TaskError.self) { try StudentFile.read("/nowhere/student.json") }
        #expect(throws: TaskError.self) { try StudentFile.write(.letters, to: "/nowhere/student.json") }
    }

    @Test func aStudentAnswersWithItsEncoder() async throws {
        let classifier = try StudentClassifier(
            .letters, encoder: LetterEncoder(), identity: Student.letters.encoder,
            profile: StudentClassifier.profile(of: .letters, encoderBytes: 100, name: "student.json"))
        let solution = try await classifier.solve(Example(id: "1", text: "aa"))
        #expect(solution.answer == "a")
        // 2 against -2 + 0.1: 1 / (1 + e^-3.9).
        #expect(abs((solution.confidence ?? 0) - 0.9801596942659225) < 1e-6)
        #expect(try await classifier.solve(Example(id: "2", text: "ab")).answer == "a")
        #expect(try await classifier.solve(Example(id: "3", text: "abbb")).answer == "b")
        #expect(classifier.profile.bytes == 124)
        #expect(classifier.profile.kind == .student)
    }

    @Test func anotherEncoderIsRefused() {
        func fault(_ identity: Student.Encoder) -> String? {
            let error = #expect(throws: TaskError.self) {
                try StudentClassifier(
                    .letters, encoder: LetterEncoder(), identity: identity,
                    profile: StudentClassifier.profile(of: .letters, encoderBytes: nil, name: "student.json"))
            }
            return error?.description
        }
        var other = Student.letters.encoder
        other.fingerprint = "e2"
        #expect(fault(other)?.contains("letters (e1), found letters (e2)") == true)
        var deeper = Student.letters.encoder
        deeper.depth = 3
        #expect(fault(deeper)?.contains("letters (e1), found letters, layer 3 (e1)") == true)
        // What it is called doesn't matter.
        var renamed = Student.letters.encoder
        renamed.name = "other"
        #expect(renamed.isSame(as: Student.letters.encoder))
    }

    @Test func labelsCanHaveAnotherOrder() throws {
        let student = try Student.letters.ordered(by: ["b", "a"])
        #expect(student.labels == ["b", "a"])
        let (one, other) = (
            student.regression.probabilities([1, 0]), Student.letters.regression.probabilities([1, 0])
        )
        #expect(one == other.reversed())
        #expect(throws: TaskError.self) { try Student.letters.ordered(by: ["a", "c"]) }
        #expect(throws: TaskError.self) { try Student.letters.ordered(by: ["a", "b", "b"]) }
    }
}
