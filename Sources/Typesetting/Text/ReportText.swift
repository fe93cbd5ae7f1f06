import Reports
import Screen

/// A report as lines of text, for screens, terminals and pipes.
public struct ReportText {
    private let report: TaskReport
    private let columns: Int
    private let plotRows: Int
    private let drawsPlots: Bool

    /// - Parameters:
    ///   - columns: that no line is longer than; at least 24.
    ///   - plotRows: rows between a plot's axes; nil for as many as look well.
    ///   - drawsPlots: whether plots are drawn; otherwise their figures are listed, for those who don't see them.
    public init(_ report: TaskReport, columns: Int, plotRows: Int? = nil, drawsPlots: Bool = true) {
        self.report = report
        self.drawsPlots = drawsPlots
        self.columns = max(24, columns)
        self.plotRows = plotRows ?? min(20, max(8, columns / 6))
    }

    /// The title and all blocks, a blank line between them.
    public var lines: [TypesetLine] {
        let title = heading(report.title, rule: "═", .title)
        return report.blocks.reduce(into: title) { lines, block in
            let added = self.lines(of: block)
            if !lines.isEmpty, !added.isEmpty { lines.append(TypesetLine()) }
            lines += added
        }
    }

    /// The lines without roles, each with a line break at its end.
    /// - Parameter isASCII: whether the terminal or the file can hold nothing else.
    public func text(isASCII: Bool = false) -> String {
        let text = lines.map { $0.text + "\n" }.joined()
        return isASCII ? ASCIIText.of(text) : text
    }

    private func lines(of block: TaskReport.Block) -> [TypesetLine] {
        switch block {
        case .heading(let text): heading(text, rule: "─", .heading)
        case .text(let text): wrapped(text, .text)
        case .verdict(let text):
            Wrap.lines(of: text.visible, columns: columns - 2).map {
                TypesetLine([.init("┃ ", .verdict), .init($0, .verdict)])
            }
        case .table(let table): caption(table.caption) + TableText(table, columns: columns).lines
        case .plot(let plot):
            caption(plot.caption)
                + (drawsPlots
                    ? PlotText(plot, columns: columns, rows: plotRows).lines
                    : TableText(PlotFigures(plot).table, columns: columns).lines)
        }
    }

    private func heading(_ text: String, rule: Character, _ role: Role) -> [TypesetLine] {
        guard !text.isEmpty else { return [] }
        let lines = Wrap.lines(of: text.visibleOnOneLine, columns: columns)
        let width = lines.map { TextWidth.columns(of: $0) }.max() ?? 0
        return lines.map { TypesetLine($0, role) } + [TypesetLine(String(repeating: rule, count: width), .muted)]
    }

    private func caption(_ text: String?) -> [TypesetLine] {
        guard let text, !text.isEmpty else { return [] }
        return wrapped(text, .muted)
    }

    private func wrapped(_ text: String, _ role: Role) -> [TypesetLine] {
        Wrap.lines(of: text.visible, columns: columns).map { TypesetLine($0, role) }
    }
}
