import Reports
import Screen

/// The examples with what each side made of them: a column a side, or on narrow screens a mark a side.
struct TaskRowsView {
    let task: Workbench

    /// Below this width the answers have no room beside the text.
    private static let narrow = 70
    private static let longestExpected = 14
    private static let roomForConfidence = 16

    private var sides: [TaskBoard.Side] { task.board.sides }

    func draw(on frame: inout Frame, in rect: Rect) {
        let rows = task.rows
        let parts = rect.split(top: 1)
        guard !rows.isEmpty else {
            frame.write(emptyText, at: rect.origin, role: .muted, columns: rect.size.columns)
            return
        }
        let columns = columns(of: parts.top)
        drawTitles(on: &frame, in: columns)
        let selected = task.selected
        let window = ListWindow(selected: selected, count: rows.count, visible: parts.rest.size.rows)
        for (index, row) in window.rows.enumerated() {
            let line = Rect(
                column: rect.minColumn, row: parts.rest.minRow + index, columns: rect.size.columns, rows: 1)
            if row == selected { frame.fill(line, with: Screen.Cell(" ", .selection)) }
            draw(rows[row], isSelected: row == selected, on: &frame, in: self.columns(of: line))
        }
    }

    private var emptyText: String {
        switch task.filter {
        case .all: task.isRunning ? "The first examples are on their way." : "There are no examples."
        case .disagreements: "The sides don't disagree on any example so far."
        case .mistakes: "No side was wrong so far."
        }
    }

    /// Where the parts of a row stand.
    private struct Columns {
        var text: Rect
        var expected: Rect
        /// One a side; on narrow screens a single cell.
        var answers: [Rect]
        var isNarrow: Bool
    }

    private func columns(of line: Rect) -> Columns {
        let width = line.size.columns
        let isNarrow = width < Self.narrow
        let hasExpected = task.board.rows.contains { $0.expected != nil }
        let expected = hasExpected ? min(isNarrow ? 9 : Self.longestExpected, width / 5) : 0
        // As wide as the answers so far, so that the texts get the rest.
        let longest = task.rows.flatMap(\.outcomes).map { $0.map { TextWidth.columns(of: $0.answer) } ?? 0 }.max() ?? 0
        let most = max(8, (width * 3 / 5 - expected) / max(1, sides.count))
        let answer = isNarrow ? 1 : min(most, max(10, longest + 9))
        var lengths: [Layout.Length] = isNarrow ? [] : [.share(), .fixed(1)]
        let answers = sides.indices.flatMap { _ in [Layout.Length.fixed(answer), .fixed(isNarrow ? 0 : 1)] }
        if isNarrow {
            lengths = answers + [.fixed(1), .share(), .fixed(1), .fixed(expected)]
            let parts = line.split(columns: lengths)
            let marks = sides.indices.map { parts[$0 * 2] }
            let rest = Array(parts.suffix(3))
            return Columns(text: rest[0], expected: rest[2], answers: marks, isNarrow: true)
        }
        lengths += [.fixed(expected), .fixed(hasExpected ? 1 : 0)] + answers
        let parts = line.split(columns: lengths)
        return Columns(
            text: parts[0], expected: parts[2], answers: sides.indices.map { parts[4 + $0 * 2] }, isNarrow: false)
    }

    private func drawTitles(on frame: inout Frame, in columns: Columns) {
        frame.write("text", at: columns.text.origin, role: .muted, columns: columns.text.size.columns)
        let expected = TextWidth.truncate("expected", to: columns.expected.size.columns)
        frame.write(expected, at: columns.expected.origin, role: .muted)
        for (index, rect) in columns.answers.enumerated() {
            let label = sides[index].role.isEmpty ? VisibleText.of(sides[index].name).onOneLine : sides[index].role
            frame.write(
                TextWidth.truncate(label, to: rect.size.columns == 1 ? 8 : rect.size.columns), at: rect.origin,
                role: WorkbenchView.accent(of: index, in: task.board), columns: rect.size.columns)
        }
    }

    private func draw(_ row: TaskBoard.Row, isSelected: Bool, on frame: inout Frame, in columns: Columns) {
        func shown(_ role: Role) -> Role { isSelected ? .selection : role }
        func write(_ text: String, _ role: Role, in rect: Rect) {
            frame.write(
                TextWidth.truncate(VisibleText.of(text).onOneLine, to: rect.size.columns), at: rect.origin,
                role: shown(role), columns: rect.size.columns)
        }
        write(row.text, .text, in: columns.text)
        write(row.expected ?? "", .muted, in: columns.expected)
        for (index, rect) in columns.answers.enumerated() where row.outcomes.indices.contains(index) {
            guard let outcome = row.outcomes[index] else {
                // Who is done has nothing to do with this one.
                write(sides[index].phase == .done ? "" : "…", .muted, in: rect)
                continue
            }
            let (mark, role) = Self.mark(of: outcome)
            guard !columns.isNarrow else {
                write(mark, role, in: rect)
                continue
            }
            if let failure = outcome.failure {
                write("\(mark) \(failure)", role, in: rect)
                continue
            }
            // An answer that can't be told from others is worth more than how sure it was.
            let isRoomy = rect.size.columns >= Self.roomForConfidence
            let confidence = isRoomy ? outcome.confidence.map { Figures.share($0) } ?? "" : ""
            let room = rect.size.columns - 2 - (confidence.isEmpty ? 0 : TextWidth.columns(of: confidence) + 1)
            let answer = TextWidth.truncate(VisibleText.of(outcome.answer).onOneLine, to: room)
            frame.write(
                [Span(mark + " ", shown(role)), Span(answer, shown(.text))], at: rect.origin,
                columns: rect.size.columns)
            frame.writeRight([Span(confidence, shown(.muted))], in: rect)
        }
    }

    /// Right, wrong, failed, or not to be judged.
    static func mark(of outcome: TaskBoard.Outcome) -> (String, Role) {
        if outcome.failure != nil { return ("!", .warning) }
        return switch outcome.isRight {
        case true?: ("✓", .success)
        case false?: ("✗", .error)
        case nil: ("·", .muted)
        }
    }
}
