import Chat
import Evaluation
import Reports

/// Has a teacher label texts, a student learn the labels, and both do texts that were held out.
public struct Distillation: Sendable {
    public var plan: DistillationPlan
    /// What is learned from, such as the file's name.
    public var title: String
    /// Its answers are the plan's labels; with probabilities, in their order, those are learned.
    public var teacher: Entrant
    public var encoder: any TextEmbedding
    /// What the student remembers of the encoder.
    public var encoderIdentity: Student.Encoder
    /// What the student is called in reports.
    public var studentName: String
    /// Of this machine, where student and encoder compute; nil where nobody said.
    public var price: Price?
    /// Bytes that the encoder holds now.
    public var encoderMemory: @Sendable () -> Int?
    /// Of today, in ISO 8601: it is kept with the student.
    public var date: String
    /// What is expected of a text is never learned, only judged by.
    public var examples: [Example]

    public init(
        plan: DistillationPlan, title: String, teacher: Entrant, encoder: any TextEmbedding,
        encoderIdentity: Student.Encoder,
        studentName: String, date: String, examples: [Example], price: Price? = nil,
        encoderMemory: @escaping @Sendable () -> Int? = { nil }
    ) {
        self.plan = plan
        self.title = title
        self.teacher = teacher
        self.encoder = encoder
        self.encoderIdentity = encoderIdentity
        self.studentName = studentName
        self.date = date
        self.examples = examples
        self.price = price
        self.encoderMemory = encoderMemory
    }

    /// What came of it.
    public struct Result: Sendable, Equatable {
        public var student: Student
        public var summary: DistillationSummary
        public var report: TaskReport
    }

    /// Does what is left to do.
    /// - Parameters:
    ///   - record: is asked for what the teacher and the student did before, and gets what is new.
    ///   - vectors: is asked for the vectors that the encoder made before, and gets new ones.
    ///   - onUpdate: what happens, in order; the teacher is side 0, the student side 1.
    /// - Throws: ``TaskError`` where the texts or the labels don't allow it; what the teacher, the encoder and the record
    ///   throw that isn't about one text; `CancellationError`.
    public func run(
        record: RunRecord? = nil, vectors: VectorRecord? = nil, isolation: isolated (any Actor)? = #isolation,
        onUpdate: (TaskUpdate) async throws -> Void = { _ in }
    ) async throws -> Result {
        let parts = try DistillationParts(examples, plan: plan)
        // Opened once, for the texts to learn and for those held out.
        let opened = Once<any Solver>()
        let teacher = Entrant(teacher.profile, role: teacher.role) { [open = teacher.open] in
            try await opened.value(open)
        }
        try await onUpdate(.began(board(parts, record)))
        let labelling = parts.training + parts.validation
        var progress = DistillationProgress(labelling: labelling.count, test: parts.test.count)
        let labels = try await evaluation([teacher], labelling).run(record: record) { update in
            for update in progress.labelling(update) { try await onUpdate(update) }
        }
        var lessons = try await learn(parts, labels[0], vectors, &progress, onUpdate)
        let student = try await fit(&lessons, parts, onUpdate)
        let classifier = try StudentClassifier(
            student, encoder: encoder, identity: encoderIdentity,
            profile: StudentClassifier.profile(
                of: student, encoderBytes: encoder.profile.fileBytes, name: studentName, price: price),
            memory: encoderMemory)
        var results = try await evaluation([teacher, Entrant(classifier, role: "small")], parts.test).run(
            record: record
        ) { update in
            for update in progress.testing(update) { try await onUpdate(update) }
        }
        // Opened once: the second run found it open, and what that took isn't what opening takes.
        if let first = labels.first?.measurement, results[0].measurement.loadSeconds < first.loadSeconds {
            results[0].measurement.loadSeconds = first.loadSeconds
            results[0].measurement.prepareSeconds = first.prepareSeconds
            try record?.add(results[0].measurement, of: teacher.profile)
        }
        var result = finish(student, parts, lessons, results)
        result.student.training.agreement = ShareFigures(result.summary.agreement)
        result.student.training.accuracy = ShareFigures(result.summary.student.accuracy)
        try await onUpdate(.finished(result.report))
        return result
    }

    private func board(_ parts: DistillationParts, _ record: RunRecord?) -> TaskBoard {
        var board = TaskBoard(
            task: "distill", title: title,
            sides: [
                .init(
                    name: teacher.profile.name, role: teacher.role,
                    total: parts.training.count + parts.validation.count + parts.test.count),
                .init(name: studentName, role: "small", total: parts.test.count),
            ])
        board.recordPath = record?.path
        return board
    }

    private func evaluation(_ entrants: [Entrant], _ examples: [Example]) -> EvaluationRun {
        EvaluationRun(task: "distill", title: title, entrants: entrants, examples: examples, judge: { $0 == $1 })
    }
}
