import Evaluation
import Tasks

/// What `distill --json` writes.
struct DistillDocument: JSONDocument {
    /// On the held-out texts.
    struct Side: Codable, Sendable {
        var figures: SideFigures
        /// Missing where nothing was expected.
        var macroF1: Double?
    }

    var schema = 1
    let data: String
    /// The student's file.
    let student: String
    let studentBytes: Int
    let labels: [String]
    let encoder: Student.Encoder
    let texts: DistillationSummary.Texts
    /// How often the teacher gave each label in what was learned.
    let labelCounts: [Int]
    let trials: [DistillationSummary.Trial]
    let penalty: Double
    let temperature: Double
    let minimumConfidence: Double
    let seed: UInt64
    /// Missing where the teacher labelled no held-out text.
    let agreement: ShareFigures?
    let majorityShare: Double?
    /// The student's accuracy less the teacher's.
    let difference: PairedDifference?
    let mcNemar: McNemarTest?
    let sides: [Side]
    let embeddingMs: Double
    let fittingMs: Double
    let hasConverged: Bool

    init(_ result: Distillation.Result, data: String, student path: String, studentBytes: Int) {
        let (student, summary) = (result.student, result.summary)
        self.data = data
        self.student = path
        self.studentBytes = studentBytes
        (labels, encoder) = (student.labels, student.encoder)
        (texts, labelCounts) = (summary.texts, summary.labelCounts)
        (trials, penalty) = (summary.trials, summary.penalty)
        temperature = student.training.temperature
        minimumConfidence = student.training.minimumConfidence
        seed = student.training.seed
        agreement = ShareFigures(summary.agreement)
        majorityShare = summary.majorityShare
        (difference, mcNemar) = (summary.difference, summary.test)
        sides = [
            Side(figures: SideFigures(summary.teacher), macroF1: summary.teacherMacroF1),
            Side(figures: SideFigures(summary.student), macroF1: summary.studentMacroF1),
        ]
        embeddingMs = summary.embeddingSeconds * 1000
        fittingMs = summary.fittingSeconds * 1000
        hasConverged = summary.hasConverged
    }
}
