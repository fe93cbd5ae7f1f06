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
                "The student gives its teacher's label to \(PercentText.full(agreement)) of \(agreement.trials) texts "
                    + "that it never saw.")
        } else {
            sentences.append("The teacher gave none of the labels to the held-out texts: nothing can be compared.")
        }
        if let difference = summary.difference, let test = summary.test {
            let sense = test.pValue < 0.05 ? "" : ", which may be chance"
            sentences.append(
                "Its accuracy less the teacher's: \(PercentText.points(difference)), "
                    + "\(PercentText.chance(test))\(sense).")
        }
        if let teacher = summary.teacher.itemsPerHour, let student = summary.student.itemsPerHour {
            sentences.append("It does \(FigureText.number(student / teacher)) times as many texts in an hour.")
        }
        return sentences.joined(separator: " ")
    }

    private func sides(_ summary: DistillationSummary) -> ReportTable {
        let isJudged = summary.difference != nil
        var table = ReportTable(
            caption: "\(summary.texts.test) held-out texts",
            columns: [.init("", holdsFigures: false)]
                + (isJudged ? ["accuracy", "95 %", "macro F1"] : []).map { .init($0) }
                + ["items/h", "p50", "p95", "memory", "per 1000", "files"].map { .init($0) })
        for (result, macroF1) in [
            (summary.teacher, summary.teacherMacroF1), (summary.student, summary.studentMacroF1),
        ] {
            let judged =
                isJudged
                ? [
                    PercentText.share(result.accuracy), PercentText.interval(result.accuracy),
                    macroF1.map { FigureText.fixed($0, places: 3) } ?? FigureText.missing,
                ] : []
            table.add(
                [result.profile.name] + judged + result.figureTexts + [FigureText.bytes(result.profile.bytes)])
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
            remarks.append("Always giving the most frequent label would be right on \(PercentText.share(share)).")
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
