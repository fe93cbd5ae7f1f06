import Chat
import Evaluation
import Reports

extension Distillation {
    func finish(_ student: Student, _ parts: DistillationParts, _ lessons: Lessons, _ results: [SolverResult]) -> Result
    {
        let summary = DistillationSummary(
            labels: plan.labels, all: examples.count, parts: parts, lessons: lessons, teacher: results[0],
            student: results[1])
        return Result(student: student, summary: summary, report: report(summary))
    }

    private func report(_ summary: DistillationSummary) -> TaskReport {
        var report = TaskReport(title: "\(studentName), a student of \(teacher.profile.name)")
        report.blocks.append(.verdict(verdict(summary)))
        report.blocks.append(.table(sides(summary)))
        report.blocks += remarks(summary).map { .text($0) }
        report.blocks.append(.plot(penalties(summary)))
        return report
    }

    private func verdict(_ summary: DistillationSummary) -> String {
        var sentences: [String] = []
        if let agreement = summary.agreement {
            sentences.append(
                "The student gives its teacher's label for \(agreement.text) of \(agreement.trials) texts that it never "
                    + "saw.")
        } else {
            sentences.append("The teacher gave none of the labels for the held-out texts: nothing can be compared.")
        }
        if let difference = summary.difference, let test = summary.test {
            let points = FigureText.fixed(abs(difference.mean) * 100, places: 1)
            let range =
                "\(FigureText.fixed(difference.low * 100, places: 1)) to "
                + "\(FigureText.fixed(difference.high * 100, places: 1))"
            let sense = test.pValue < 0.05 ? "" : ", which may be chance"
            sentences.append(
                "It is right on \(points) points \(difference.mean < 0 ? "fewer" : "more") than the teacher (\(range); "
                    + "McNemar's p = \(Self.probability(test.pValue)))\(sense).")
        }
        if let teacher = summary.teacher.itemsPerHour, let student = summary.student.itemsPerHour {
            sentences.append("It does \(FigureText.number(student / teacher)) times as many texts in an hour.")
        }
        return sentences.joined(separator: " ")
    }

    private static func probability(_ value: Double) -> String {
        value < 0.001 ? "below 0.001" : FigureText.fixed(value, places: 3)
    }

    private func sides(_ summary: DistillationSummary) -> ReportTable {
        var table = ReportTable(
            caption: "\(summary.texts.test) held-out texts",
            columns: [
                .init("", holdsFigures: false), .init("accuracy"), .init("macro-F1"), .init("p50"), .init("p95"),
                .init("items/h"), .init("files"), .init("memory"), .init("cost/1000"),
            ])
        let rows = [
            (summary.teacher, summary.teacherAccuracy, summary.teacherMacroF1),
            (summary.student, summary.studentAccuracy, summary.studentMacroF1),
        ]
        for (figures, accuracy, macroF1) in rows {
            table.add([
                figures.name, accuracy?.text ?? FigureText.missing,
                macroF1.map { FigureText.fixed($0, places: 3) } ?? FigureText.missing,
                FigureText.milliseconds(figures.p50Milliseconds), FigureText.milliseconds(figures.p95Milliseconds),
                figures.itemsPerHour.map { FigureText.fixed($0, places: 0) } ?? FigureText.missing,
                FigureText.bytes(figures.bytes), FigureText.bytes(figures.memoryBytes), figures.costText,
            ])
        }
        return table
    }

    /// What one should know before one trusts the figures.
    private func remarks(_ summary: DistillationSummary) -> [String] {
        let texts = summary.texts
        let learned = summary.labelCounts.reduce(0, +)
        let counts = zip(plan.labels, summary.labelCounts).map { "\($0) \($1)" }.joined(separator: ", ")
        var remarks = [
            "Learned from \(learned) texts (\(counts)) in \(FigureText.milliseconds(summary.fittingSeconds * 1000)); "
                + "those of the validation part chose the penalty, \(summary.penalty). What texts are expected to be was "
                + "never learned."
        ]
        let omitted = [
            (texts.repeated, "stood in the file before"), (texts.unlabelled, "got no label from the teacher"),
            (texts.unsure, "got an unsure one"), (texts.refused, "are too long for the encoder"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        if !omitted.isEmpty { remarks.append("Left out: \(omitted.joined(separator: ", ")).") }
        if let most = summary.labelCounts.max(), Double(most) > 0.9 * Double(learned) {
            remarks.append("The teacher gave nearly all texts one label: the student can't have learned much more.")
        }
        if let share = summary.majorityShare {
            remarks.append("Always giving the most frequent label would be right on \(ShareFigures.percent(share)) %.")
        }
        if !summary.hasConverged {
            remarks.append(
                "The last fit ended short of its minimum: the student may be a little worse than it could be.")
        }
        return remarks
    }

    private func penalties(_ summary: DistillationSummary) -> ReportPlot {
        ReportPlot(
            caption:
                "Distance from the teacher's probabilities on the validation part, by the penalty of large weights",
            horizontal: .init("penalty", scale: .logarithmic), vertical: .init("cross-entropy, nats"),
            series: [
                .init(
                    "validation", style: .line,
                    points: summary.trials.map {
                        .init(x: $0.penalty, y: $0.crossEntropy, label: $0.penalty == summary.penalty ? "chosen" : nil)
                    })
            ])
    }
}
