import Reports

/// A report as a Markdown document (CommonMark, with the tables that most readers know).
public struct ReportMarkdown {
    private let report: TaskReport

    public init(_ report: TaskReport) { self.report = report }

    /// The document. Texts can't become markup; a plot stands there as its figures.
    public var text: String {
        let parts = ["# \(MarkdownText.escape(report.title))"] + report.blocks.map(Self.part)
        return parts.joined(separator: "\n\n") + "\n"
    }

    private static func part(_ block: TaskReport.Block) -> String {
        switch block {
        case .heading(let text): "## \(MarkdownText.escape(text))"
        case .text(let text): paragraph(text)
        case .verdict(let text): "> **\(MarkdownText.escape(text))**"
        case .table(let table): (table.caption.map { MarkdownText.escape($0) + "\n\n" } ?? "") + Self.table(table)
        case .plot(let plot): MarkdownText.escape(plot.caption) + "\n\n" + Self.table(PlotFigures(plot).table)
        }
    }

    /// A line break within a paragraph needs its backslash.
    private static func paragraph(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).map { MarkdownText.escape(String($0)) }.joined(separator: "\\\n")
    }

    private static func table(_ table: ReportTable) -> String {
        let heads = table.columns.map { $0.title.isEmpty ? " " : MarkdownText.escape($0.title) }
        let rule = table.columns.map { $0.holdsFigures ? "---:" : ":---" }
        let rows = table.rows.enumerated().map { index, row in
            let isMarked = table.marked.contains(index)
            return row.map { cell in
                let text = MarkdownText.escape(cell)
                return isMarked && !text.isEmpty ? "**\(text)**" : text
            }
        }
        return ([heads, rule] + rows).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }
}
