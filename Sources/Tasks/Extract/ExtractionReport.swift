import Chat
import Evaluation
import Reports

/// What taking records out of some texts came to.
public struct ExtractionReport: Sendable {
    /// The figures of one side.
    public struct Side: Sendable {
        public var result: SolverResult
        public var score: ExtractionScore
        /// Texts without an answer, and why.
        public var failures: [(id: String, reason: String)]
    }

    public let title: String
    public let sides: [Side]
    public let exampleCount: Int
    /// Files whose text couldn't be had, and why; no side was asked about them.
    public let unreadable: [(id: String, reason: String)]

    /// - Parameter title: what was worked on.
    public init(
        task: ExtractionTask, title: String, examples: [Example], results: [SolverResult],
        unreadable: [(id: String, reason: String)] = []
    ) {
        self.title = title
        self.unreadable = unreadable
        exampleCount = examples.count
        sides = results.map { result in
            Side(
                result: result, score: ExtractionScore(of: result, examples: examples, schema: task.schema),
                failures: examples.compactMap { example in
                    result.outcomes[example.id]?.failure.map { (example.id, $0) }
                })
        }
    }

    public var report: TaskReport {
        var report = TaskReport(title: "extract \(title): \(exampleCount) texts")
        if hasExpected, let verdict = AccuracyVerdict.text(sides.map(\.result), noun: "record") {
            report.blocks.append(.verdict(verdict))
        }
        report.blocks.append(.table(figures))
        if sides.contains(where: { !$0.score.fields.isEmpty }) { report.blocks.append(.table(fields)) }
        for side in sides where !side.failures.isEmpty {
            report.blocks.append(.text(Self.list("\(side.result.profile.name): no record", side.failures)))
        }
        if hasExpected, let plot = AccuracyVerdict.plot(sides.map(\.result)) { report.blocks.append(.plot(plot)) }
        if !unreadable.isEmpty { report.blocks.append(.text(Self.list("not read", unreadable))) }
        return report
    }

    private var hasExpected: Bool { sides.contains { $0.score.records != nil } }

    private var figures: ReportTable {
        var table = ReportTable(
            columns: [.init("", holdsFigures: false)]
                + (hasExpected ? [.init("records"), .init("95 %"), .init("fields")] : [])
                + ["of the schema", "items/h", "p50", "p95", "memory", "per 1000"].map { .init($0) })
        for side in sides {
            let judged =
                hasExpected
                ? [
                    PercentText.share(side.score.records), PercentText.interval(side.score.records),
                    PercentText.share(side.score.allFields),
                ] : []
            table.add(
                [side.result.profile.name] + judged + [PercentText.share(side.score.valid)] + side.result.figureTexts)
        }
        return table
    }

    /// A row for each field, a column for each side.
    private var fields: ReportTable {
        var table = ReportTable(
            caption: "Fields that are as expected",
            columns: [.init("", holdsFigures: false)] + sides.map { .init($0.result.profile.name) })
        let paths = Set(sides.flatMap { $0.score.fields.map(\.path) })
        for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            table.add(
                [path.isEmpty ? "(the value)" : path]
                    + sides.map { side in
                        PercentText.share(side.score.fields.first { $0.path == path }?.share)
                    })
        }
        return table
    }

    /// Failures that are named one by one; more would bury the rest.
    private static let named = 5

    private static func list(_ title: String, _ entries: [(id: String, reason: String)]) -> String {
        let shown = entries.prefix(named).map { "\($0.id): \($0.reason)" }
        let rest = entries.count > named ? ["and \(entries.count - named) more"] : []
        return "\(title), \(entries.count): " + (shown + rest).joined(separator: "; ")
    }
}
