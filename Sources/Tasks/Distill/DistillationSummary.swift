import Chat
import Evaluation

/// What a distillation came to.
public struct DistillationSummary: Sendable, Equatable {
    /// Where the texts went.
    public struct Texts: Sendable, Equatable, Codable {
        public var all: Int
        /// Left out since the same text stood before.
        public var repeated: Int
        public var training: Int
        public var validation: Int
        public var test: Int
        /// Of training and validation, not learned: without a label of the teacher, with an unsure one, and too long for
        /// the encoder.
        public var unlabelled: Int
        public var unsure: Int
        public var refused: Int
    }

    /// What a penalty of the weights gave on the validation part.
    public struct Trial: Sendable, Equatable, Codable {
        public var penalty: Double
        public var crossEntropy: Double
    }

    public var texts: Texts
    /// How often the teacher gave each label in what was learned. [labels]
    public var labelCounts: [Int]
    public var trials: [Trial]
    public var penalty: Double
    /// Of the held-out texts that the teacher gave a label, those that the student gave the same.
    public var agreement: Proportion?
    public var teacherMacroF1: Double?
    public var studentMacroF1: Double?
    /// The share of the most frequent expected label: what always saying it would be right on.
    public var majorityShare: Double?
    /// The student's accuracy less the teacher's.
    public var difference: PairedDifference?
    /// The student first.
    public var test: McNemarTest?
    /// On the held-out texts.
    public var teacher: SolverResult
    public var student: SolverResult
    /// What the vectors of the texts to learn took, those made before left out.
    public var embeddingSeconds: Double
    public var fittingSeconds: Double
    /// Whether the last fit came to its minimum.
    public var hasConverged: Bool
}

extension DistillationSummary {
    /// - Parameters:
    ///   - teacher: what it made of the held-out texts.
    ///   - student: likewise.
    init(
        labels: [String], all: Int, parts: DistillationParts, lessons: Lessons, teacher: SolverResult,
        student: SolverResult
    ) {
        texts = Texts(
            all: all, repeated: parts.repeated, training: parts.training.count, validation: parts.validation.count,
            test: parts.test.count, unlabelled: lessons.unlabelled, unsure: lessons.unsure, refused: lessons.refused)
        labelCounts = lessons.labelCounts
        trials = lessons.trials.map { Trial(penalty: $0.penalty, crossEntropy: $0.crossEntropy) }
        penalty = lessons.penalty
        (self.teacher, self.student) = (teacher, student)
        embeddingSeconds = lessons.embeddingSeconds
        fittingSeconds = lessons.fittingSeconds
        hasConverged = lessons.hasConverged

        let answers = parts.test.map { example in
            (teacher.outcomes[example.id]?.solution?.answer, student.outcomes[example.id]?.solution?.answer)
        }
        let labelled = answers.filter { given, _ in given.map(labels.contains) ?? false }
        agreement = Proportion(successes: Double(labelled.count { $0 == $1 }), trials: labelled.count)
        let pairs = parts.test.compactMap { example in
            student.isRight[example.id].map { (first: $0, second: teacher.isRight[example.id] ?? false) }
        }
        difference = PairedDifference(pairs)
        test = pairs.isEmpty ? nil : McNemarTest(pairs)

        var matrices = (teacher: ConfusionMatrix(labels: labels), student: ConfusionMatrix(labels: labels))
        var expectedCounts: [String: Int] = [:]
        for (example, answers) in zip(parts.test, answers) {
            guard let expected = example.expected else { continue }
            expectedCounts[expected, default: 0] += 1
            matrices.teacher.add(expected: expected, given: answers.0)
            matrices.student.add(expected: expected, given: answers.1)
        }
        teacherMacroF1 = pairs.isEmpty ? nil : matrices.teacher.macroF1
        studentMacroF1 = pairs.isEmpty ? nil : matrices.student.macroF1
        majorityShare = expectedCounts.values.max().map { Double($0) / Double(pairs.count) }
    }
}
