import Chat
import Evaluation
import Reports

/// What classifying some examples came to.
public struct ClassificationReport: Sendable {
    /// The figures of one side.
    public struct Side: Sendable {
        public var result: SolverResult
        /// Nil where nothing was expected.
        public var matrix: ConfusionMatrix?

        /// The mean of all labels' F1; nil where nothing was expected.
        public var macroF1: Double? { matrix?.macroF1 }
    }

    public let task: ClassificationTask
    public let title: String
    public let sides: [Side]
    public let exampleCount: Int

    /// - Parameter title: what was worked on.
    public init(task: ClassificationTask, title: String, examples: [Example], results: [SolverResult]) {
        self.task = task
        self.title = title
        exampleCount = examples.count
        sides = results.map { result in
            var matrix = ConfusionMatrix(labels: task.labels)
            for example in examples {
                guard let expected = example.expected else { continue }
                matrix.add(expected: expected, given: result.outcomes[example.id]?.solution?.answer)
            }
            return Side(result: result, matrix: matrix.total > 0 ? matrix : nil)
        }
    }

    public var report: TaskReport {
        var report = TaskReport(title: "classify \(title): \(exampleCount) examples, \(task.labels.count) labels")
        if let verdict = AccuracyVerdict.text(sides.map(\.result), noun: "label") {
            report.blocks.append(.verdict(verdict))
        }
        report.blocks.append(.table(figures))
        for side in sides {
            guard let matrix = side.matrix else { continue }
            report.blocks.append(.table(Self.table(of: matrix, name: side.result.profile.name)))
        }
        if let plot = AccuracyVerdict.plot(sides.map(\.result)) { report.blocks.append(.plot(plot)) }
        return report
    }

    private var figures: ReportTable {
        let hasExpected = sides.contains { $0.matrix != nil }
        var table = ReportTable(
            columns: [.init("", holdsFigures: false)]
                + (hasExpected ? [.init("accuracy"), .init("95 %"), .init("macro F1")] : [])
                + ["items/h", "p50", "p95", "memory", "per 1000"].map { .init($0) })
        for side in sides {
            let judged =
                hasExpected
                ? [
                    PercentText.share(side.result.accuracy), PercentText.interval(side.result.accuracy),
                    side.macroF1.map { FigureText.fixed($0, places: 3) } ?? FigureText.missing,
                ] : []
            table.add([side.result.profile.name] + judged + side.result.figureTexts)
        }
        return table
    }

    private static func table(of matrix: ConfusionMatrix, name: String) -> ReportTable {
        var table = ReportTable(
            caption: "\(name): what was expected (rows), what was given (columns)",
            columns: [.init("", holdsFigures: false)] + matrix.labels.map { .init($0) }
                + [.init("none"), .init("recall")])
        for (row, label) in matrix.labels.enumerated() {
            table.add(
                [label] + matrix.counts[row].map { "\($0)" } + [PercentText.share(matrix.recall(of: row))])
        }
        table.add(["precision"] + matrix.labels.indices.map { PercentText.share(matrix.precision(of: $0)) })
        return table
    }
}

extension ClassificationTask {
    /// Labels that examples expect, in the order of their first use.
    /// - Throws: ``TaskError`` where there are none, or more than a list of labels can be.
    public static func labels(expectedIn examples: [Example]) throws(TaskError) -> [String] {
        var labels: [String] = []
        for case let label? in examples.map(\.expected) where !labels.contains(label) { labels.append(label) }
        guard labels.count >= 2 else {
            throw TaskError(
                "expected labels in the examples, found \(labels.isEmpty ? "none" : "only '\(labels[0])'"); list the labels, "
                    + "or name the field that holds them")
        }
        guard labels.count <= 100 else {
            throw TaskError(
                "the examples name \(labels.count) different labels: is that the right field? If so, list the labels")
        }
        return labels.sorted()
    }
}
