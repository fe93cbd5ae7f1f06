import Chat
import Evaluation

/// Classifies with a student: the encoder's vector, a weighted sum for each label.
public struct StudentClassifier: Solver {
    public let profile: SolverProfile
    public let student: Student
    private let encoder: any TextEmbedding
    private let memory: @Sendable () -> Int?

    /// - Parameters:
    ///   - encoder: the one that the student learned with.
    ///   - identity: the encoder's, made as it was when the student learned.
    ///   - profile: see ``profile(of:encoderBytes:name:price:)``.
    ///   - memory: bytes that the encoder holds now.
    /// - Throws: ``TaskError`` for another encoder.
    public init(
        _ student: Student, encoder: any TextEmbedding, identity: Student.Encoder, profile: SolverProfile,
        memory: @escaping @Sendable () -> Int? = { nil }
    ) throws(TaskError) {
        guard identity.isSame(as: student.encoder), encoder.dimensions == student.encoder.dimensions else {
            throw TaskError(
                "\(profile.name): expected the encoder that the student learned with, \(student.encoder.text), found "
                    + "\(identity.text); name that one, or distill anew")
        }
        self.student = student
        self.encoder = encoder
        self.profile = profile
        self.memory = memory
    }

    /// What is known of a student before its encoder is opened.
    /// - Parameters:
    ///   - encoderBytes: of the encoder's files; nil where nobody knows.
    ///   - name: to show.
    ///   - price: of the machine.
    public static func profile(
        of student: Student, encoderBytes: Int?, name: String, price: Price? = nil
    ) -> SolverProfile {
        // The regression counts as its numbers: what the file says beside them isn't needed to answer.
        let own = student.regression.weights.reduce(0) { $0 + 4 * $1.count } + 4 * student.regression.biases.count
        return SolverProfile(
            name: name, kind: .student, bytes: encoderBytes.map { $0 + own }, fingerprint: student.fingerprint,
            price: price)
    }

    public func solve(_ example: Example) async throws -> Solution {
        let vector = try await encoder.embed(example.text)
        let probabilities = student.regression.probabilities(vector.components)
        let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
        return Solution(answer: student.labels[best], probabilities: probabilities, promptTokens: vector.tokens)
    }

    public func memoryUse() -> Int? { memory() }
}
