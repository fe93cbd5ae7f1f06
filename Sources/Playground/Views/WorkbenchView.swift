import Chat
import Reports
import Screen

/// A task on the whole screen: its sides as they fill in, and the examples or the report below.
struct WorkbenchView {
    let task: Workbench
    let state: State

    func draw(on frame: inout Frame) {
        let layout = state.workbenchLayout
        drawTitle(on: &frame, in: layout.title)
        for (index, rect) in layout.sides.enumerated() where task.board.sides.indices.contains(index) {
            let view = TaskSideView(
                side: task.board.sides[index], accent: Self.accent(of: index, in: task.board), isRunning: task.isRunning
            )
            if layout.isCompact { view.drawLine(on: &frame, in: rect) } else { view.drawCard(on: &frame, in: rect) }
        }
        drawTabs(on: &frame, in: layout.tabs, hiddenSides: task.board.sides.count - layout.sides.count)
        switch task.tab {
        case .rows: TaskRowsView(task: task).draw(on: &frame, in: layout.body)
        case .report: drawReport(on: &frame, in: layout.body)
        }
    }

    /// A side's colour: its role's, or that of its place.
    static func accent(of index: Int, in board: TaskBoard) -> Role {
        switch board.sides[index].role {
        case "small": .small
        case "large": .large
        default: [Role.small, .large, .third, .fourth][index % 4]
        }
    }

    private func drawTitle(on frame: inout Frame, in line: Rect) {
        let status = state.statusOfTask
        let room = line.size.columns - status.columns - 2
        frame.write(
            TextWidth.truncate(VisibleText.of(task.title).onOneLine, to: room), at: line.origin, role: .title)
        frame.writeRight(status, in: line)
    }

    /// "Examples: all 420 │ Report", the one that is shown in its own colour.
    private func drawTabs(on frame: inout Frame, in line: Rect, hiddenSides: Int) {
        let glyph = Screen.Cell("─", .border)
        frame.fill(line, with: glyph)
        let isRows = task.tab == .rows
        let count = task.filter == .all ? "" : " \(task.rows.count) \(task.filter.title)"
        let spans = [
            Span(" Examples\(count) ", isRows ? .title : .muted), Span("│", .border),
            Span(" Report ", isRows ? .muted : .title),
        ]
        let start = Point(column: line.minColumn + 2, row: line.minRow)
        frame.write(spans, at: start, columns: line.size.columns - 2)
        let hidden = hiddenSides > 0 ? [Span(" +\(hiddenSides) more ", .warning)] : []
        frame.writeRight(hidden + place(in: state.workbenchLayout), in: line)
    }

    /// The chosen row, or the last line in sight, of all that there are; nothing where all are in sight.
    private func place(in layout: WorkbenchLayout) -> [Span] {
        let (count, visible): (Int, Int) =
            switch task.tab {
            case .rows: (task.rows.count, layout.rows.size.rows)
            case .report: (state.reportLines(columns: layout.body.size.columns).count, layout.body.size.rows)
            }
        guard count > visible else { return [] }
        let place =
            switch task.tab {
            case .rows: task.selected + 1
            case .report: min(task.reportTop, count - visible) + visible
            }
        return [Span(" \(place)/\(count) ", .muted)]
    }

    private func drawReport(on frame: inout Frame, in rect: Rect) {
        let lines = state.reportLines(columns: rect.size.columns)
        let top = min(task.reportTop, max(0, lines.count - rect.size.rows))
        for (row, line) in lines.dropFirst(top).prefix(rect.size.rows).enumerated() {
            frame.write(line, at: Point(column: rect.minColumn, row: rect.minRow + row), columns: rect.size.columns)
        }
    }
}

extension State {
    /// How far the task is, in a few words.
    var statusOfTask: [Span] {
        guard let workbench else { return [] }
        switch workbench.phase {
        case .starting: return [Span("starting…", .muted)]
        case .running:
            let done = workbench.fraction.map { [Span(Figures.percent($0), .metric)] } ?? []
            guard let left = workbench.board.secondsLeft, left.isFinite, left >= 0 else { return done }
            let time = Figures.duration(.seconds(min(left, 1e9))).text
            return done + [Span(done.isEmpty ? "" : " · ", .muted), Span("~\(time)", .estimate), Span(" left", .muted)]
        case .finished: return [Span("done", .success)]
        case .stopped: return [Span("stopped", .warning)]
        case .failed: return [Span("failed", .error)]
        }
    }
}
