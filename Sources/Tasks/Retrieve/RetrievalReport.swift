import Evaluation
import Reports

/// What answering some questions from an index came to.
public struct RetrievalReport: Sendable {
    public let folder: String
    public let passageCount: Int
    public let questionCount: Int
    /// Who finds first, then those who write.
    public let results: [SolverResult]

    public init(_ task: RetrievalTask, questions: [Example], results: [SolverResult]) {
        folder = task.searcher.folder
        passageCount = task.searcher.passageCount
        questionCount = questions.count
        self.results = results
    }

    public var report: TaskReport {
        var report = TaskReport(
            title: "\(questionCount) questions, answered from \(passageCount) passages of \(folder)")
        if let verdict = AccuracyVerdict.text(results, noun: "place") { report.blocks.append(.verdict(verdict)) }
        report.blocks.append(.table(figures))
        report.blocks.append(
            .text(
                "The one who finds answers with the passage that it ranks first; who writes has it find first, so that "
                    + "its time is part of theirs."))
        if let plot = AccuracyVerdict.plot(results) { report.blocks.append(.plot(plot)) }
        return report
    }

    private var figures: ReportTable {
        let hasExpected = results.contains { $0.accuracy != nil }
        var table = ReportTable(
            columns: [.init("", holdsFigures: false)]
                + (hasExpected ? [.init("right place"), .init("95 %")] : [])
                + ["items/h", "p50", "p95", "memory", "per 1000"].map { .init($0) })
        for result in results {
            let judged =
                hasExpected ? [PercentText.share(result.accuracy), PercentText.interval(result.accuracy)] : []
            table.add([result.profile.name] + judged + result.figureTexts)
        }
        return table
    }
}
