import Chat
import Screen

/// Draws the figures of a pane.
struct MetricsView {
    let metrics: Metrics
    /// Where the model is, unless it is in this process.
    var server: ModelServer?

    func draw(on frame: inout Frame, in rect: Rect) {
        let strip = MetricsStrip(
            metrics, server: server, design: .init(columns: rect.size.columns), limit: rect.size.rows)
        var row = rect.minRow
        for stripRow in strip.rows {
            let line = Rect(column: rect.minColumn, row: row, columns: rect.size.columns, rows: stripRow.height)
            switch stripRow {
            case .grid(let cells): draw(grid: cells, on: &frame, in: line)
            case .spread(let cells): draw(spread: cells, on: &frame, in: line)
            case .chart: drawChart(on: &frame, in: line)
            case .waterfall: WaterfallView(timeline: metrics.request).draw(on: &frame, in: line)
            }
            row += stripRow.height
        }
    }

    private func draw(grid cells: [MetricsStrip.Cell], on frame: inout Frame, in line: Rect) {
        for (cell, place) in zip(cells, places(cells.count, in: line)) {
            let figure = cell.figure.truncated(to: place.size.columns).spans
            let label = TextWidth.truncate(cell.label, to: place.size.columns - figure.columns - 1)
            frame.write(label, at: place.origin, role: .muted)
            frame.writeRight(figure, in: place)
        }
    }

    /// Where the cells of a grid stand. Rates are the widest figures; they have the wider places, which is the second
    /// one of two and the first one of more.
    private func places(_ count: Int, in line: Rect) -> [Rect] {
        let gap = count > 3 ? 3 : 2
        guard count != 2 else {
            let halves = line.split(columns: [.share(), .fixed(line.size.columns / 2)])
            return [halves[0].split(columns: [.share(), .fixed(gap)])[0], halves[1]]
        }
        var lengths: [Layout.Length] = []
        for index in 0..<count { lengths += index > 0 ? [.fixed(gap), .share()] : [.share()] }
        return line.split(columns: lengths).enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
    }

    private func draw(spread cells: [MetricsStrip.Cell], on frame: inout Frame, in line: Rect) {
        var texts = cells.map { [Span($0.label + " ", .muted)] + $0.figure.spans }
        // Rather one less than one that breaks off.
        while texts.count > 1, texts.reduce(0, { $0 + $1.columns }) > line.size.columns { texts.removeLast() }
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
                    Cell(BlockBar.upwards[eighths - 1], bar.isStall ? .stall : .chart)
            }
        }
        if chart.bars.isEmpty {
            let unit = metrics.gapsAreBetweenChunks ? "chunks" : "tokens"
            frame.write("no gaps between \(unit) yet", at: bottom.origin, role: .muted, columns: columns)
        }
    }
}
