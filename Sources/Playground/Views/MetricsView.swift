import Chat
import Screen

/// Draws the figures of a pane.
struct MetricsView {
    let metrics: Metrics

    func draw(on frame: inout Frame, in rect: Rect) {
        let strip = MetricsStrip(metrics, design: .init(columns: rect.size.columns), limit: rect.size.rows)
        var row = rect.minRow
        for stripRow in strip.rows {
            let line = Rect(column: rect.minColumn, row: row, columns: rect.size.columns, rows: stripRow.height)
            switch stripRow {
            case .grid(let cells): draw(grid: cells, on: &frame, in: line)
            case .spread(let cells): draw(spread: cells, on: &frame, in: line)
            case .chart: drawChart(on: &frame, in: line)
            }
            row += stripRow.height
        }
    }

    private func draw(grid cells: [MetricsStrip.Cell], on frame: inout Frame, in line: Rect) {
        let gap = cells.count > 3 ? 3 : 2
        let widths = Layout.divide(
            line.size.columns - gap * (cells.count - 1), into: cells.map { _ in Layout.Length.share() })
        var column = line.maxColumn
        // The cells that are a column wider come last: rates are the widest figures.
        for (cell, width) in zip(cells.reversed(), widths) {
            let place = Rect(column: column - width, row: line.minRow, columns: width, rows: 1)
            frame.write(cell.label, at: place.origin, role: .muted, columns: width)
            frame.writeRight(cell.figure.spans, in: place)
            column -= width + gap
        }
    }

    private func draw(spread cells: [MetricsStrip.Cell], on frame: inout Frame, in line: Rect) {
        let texts = cells.map { [Span($0.label + " ", .muted)] + $0.figure.spans }
        let free = max(0, line.size.columns - texts.reduce(0) { $0 + $1.columns })
        let gaps = Layout.divide(free, into: texts.dropFirst().map { _ in Layout.Length.share() }) + [0]
        var column = line.minColumn
        for (text, gap) in zip(texts, gaps) {
            let place = Point(column: column, row: line.minRow)
            column += frame.write(text, at: place, columns: line.maxColumn - column) + gap
        }
    }

    /// The gaps between tokens; stalls stand out, and are counted at the right edge.
    private func drawChart(on frame: inout Frame, in rect: Rect) {
        let stalls = metrics.interTokenLatency?.stalls ?? 0
        let count = stalls > 0 ? (stalls == 1 ? " 1 stall" : " \(stalls) stalls") : ""
        let bottom = rect.split(bottom: 1).bottom
        frame.writeRight([Span(count, .stall)], in: bottom)
        let columns = rect.size.columns - count.count
        let chart = Sparkline(metrics.gaps, columns: columns, rows: rect.size.rows)
        for (index, bar) in chart.bars.enumerated() {
            for row in 0..<rect.size.rows {
                let eighths = min(8, bar.eighths - row * 8)
                guard eighths > 0 else { break }
                frame[column: rect.minColumn + index, row: rect.maxRow - 1 - row] =
                    Cell(Self.blocks[eighths - 1], bar.isStall ? .stall : .chart)
            }
        }
        if chart.bars.isEmpty {
            frame.write("no gaps between tokens yet", at: bottom.origin, role: .muted, columns: columns)
        }
    }

    private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
}
