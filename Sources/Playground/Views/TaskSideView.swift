import Chat
import Reports
import Screen

/// One side of a task: how far it is, how often it was right, and its figures.
struct TaskSideView {
    let side: TaskBoard.Side
    /// The side's own colour.
    let accent: Role
    /// Whether the task still is.
    let isRunning: Bool

    private static let longestBar = 40

    /// Name and phase, progress, accuracy, and two lines of figures.
    func drawCard(on frame: inout Frame, in rect: Rect) {
        let lines = rect.split(rows: Array(repeating: .fixed(1), count: 5))
        let phase = self.phase
        let room = lines[0].size.columns - phase.columns - 1
        frame.write(name(columns: room), at: lines[0].origin, columns: room)
        frame.writeRight(phase, in: lines[0])
        let count = [Span(progress, .metric)]
        let columns = max(4, min(Self.longestBar, lines[1].size.columns - count.columns - 1))
        frame.write(
            bar(columns: columns) + [Span(" ", .text)] + count, at: lines[1].origin, columns: lines[1].size.columns)
        if case .failed(let reason) = side.phase {
            let texts = Wrap.lines(of: VisibleText.of(reason).onOneLine, columns: rect.size.columns)
            for (row, text) in texts.prefix(3).enumerated() {
                frame.write(text, at: lines[2 + row].origin, role: .error)
            }
            return
        }
        let title = accuracy.isEmpty ? [] : [Span("accuracy ", .muted)]
        frame.write(title + accuracy, at: lines[2].origin, columns: lines[2].size.columns)
        drawFigures(on: &frame, in: [lines[3], lines[4]])
    }

    /// "small ████▒░░ 420/1000 81.4 %", as much of it as fits.
    func drawLine(on frame: inout Frame, in line: Rect) {
        let label = side.role.isEmpty ? VisibleText.of(side.name).onOneLine : side.role
        // A role is short; a name needs what it needs to be told from others.
        let columns = side.role.isEmpty ? min(24, max(8, line.size.columns / 4)) : 8
        let name = [Span(TextWidth.truncate(label, to: columns), accent)]
        let count = [Span(" " + progress, .metric)]
        if case .failed(let reason) = side.phase {
            frame.write(
                name + [Span(" " + VisibleText.of(reason).onOneLine, .error)], at: line.origin,
                columns: line.size.columns)
            return
        }
        let short = side.judged > 0 ? [Span(" ", .text)] + accuracy : [Span(" ", .text)] + phase
        let rest = line.size.columns - columns - 1 - count.columns - short.columns
        let bar = rest >= 4 ? bar(columns: min(20, rest)) : []
        let gap = Span(String(repeating: " ", count: columns + 1 - name.columns), .text)
        var spans = name + [gap] + bar + count + short
        for figure in side.figures {
            let more = [Span("  ", .text)] + Self.spans(of: figure)
            guard spans.columns + more.columns <= line.size.columns else { break }
            spans += more
        }
        frame.write(spans, at: line.origin, columns: line.size.columns)
    }

    private func name(columns: Int) -> [Span] {
        let role = side.role.isEmpty ? [] : [Span(side.role, accent), Span(" ", .title)]
        let name = TextWidth.truncate(VisibleText.of(side.name).onOneLine, to: columns - role.columns)
        return role + [Span(name, side.role.isEmpty ? accent : .text)]
    }

    private var phase: [Span] {
        switch side.phase {
        case .done: [Span("done", .success)]
        case .failed: [Span("failed", .error)]
        case _ where !isRunning: [Span("stopped", .muted)]
        case .waiting: [Span("waiting", .muted)]
        case .loading: [Span("opening…", .muted)]
        case .warmingUp: [Span("warming up…", .muted)]
        case .running: [Span("running", .metric)]
        }
    }

    private var progress: String { side.total > 0 ? "\(side.done)/\(side.total)" : "\(side.done)" }

    /// What is done, with what was taken over from an earlier run set apart.
    private func bar(columns: Int) -> [Span] {
        let total = max(1, side.total)
        // What has begun is seen.
        let done = min(columns, max(side.done > 0 ? 1 : 0, columns * min(side.done, total) / total))
        let resumed = min(done, columns * min(side.resumed, total) / total)
        return [
            Span(String(repeating: "▒", count: resumed), .chart),
            Span(String(repeating: "█", count: done - resumed), .chart),
            Span(String(repeating: "░", count: columns - done), .muted),
        ]
    }

    /// "81.4 % right (79.0 to 83.6)", with the Wilson interval of 95 %.
    private var accuracy: [Span] {
        guard let share = Proportion(successes: Double(side.right), trials: side.judged) else { return [] }
        func percent(_ value: Double) -> String { FigureText.fixed(value * 100, places: 1) }
        let interval = share.interval
        return [
            Span("\(percent(share.value)) %", .metric),
            Span(" (\(percent(interval.lowerBound))–\(percent(interval.upperBound)))", .muted),
        ]
    }

    /// As many figures as fit whole.
    private func drawFigures(on frame: inout Frame, in lines: [Rect]) {
        let resumed = side.resumed > 0 ? [TaskBoard.Figure("from before", "\(side.resumed)")] : []
        var row = 0
        var column = 0
        for figure in side.figures + resumed {
            let spans = Self.spans(of: figure)
            if column > 0, column + spans.columns > lines[row].size.columns {
                guard row + 1 < lines.count else { return }
                (row, column) = (row + 1, 0)
            }
            let place = Point(column: lines[row].minColumn + column, row: lines[row].minRow)
            column += frame.write(spans, at: place, columns: lines[row].size.columns - column) + 2
        }
    }

    private static func spans(of figure: TaskBoard.Figure) -> [Span] {
        let text = VisibleText.of(figure.text).onOneLine
        let role: Role = text.hasPrefix("~") ? .estimate : .metric
        return [Span(VisibleText.of(figure.name).onOneLine + " ", .muted), Span(text, role)]
    }
}
