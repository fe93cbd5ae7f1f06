import Chat
import Reports
import Screen

extension State {
    /// A task's examples from the first one in sight on, with nothing left out of texts and answers.
    func examplesPage(columns: Int) -> [PageLine] {
        guard let workbench else { return [] }
        let rows = workbench.rows
        let last = max(0, rows.count - workbenchLayout.rows.size.rows)
        let top = if case .line(let line) = workbench.scroll { min(line, last) } else { last }
        return rows.dropFirst(top).flatMap { lines(of: $0, in: workbench.board, columns: columns) + [[]] }
    }

    private func lines(of row: TaskBoard.Row, in board: TaskBoard, columns: Int) -> [PageLine] {
        var lines = PageText.lines(row.id, role: .title, columns: columns)
        if row.text != row.id { lines += PageText.lines(row.text, role: .text, columns: columns) }
        if let expected = row.expected {
            lines += PageText.lines("expected: \(expected)", role: .muted, columns: columns)
        }
        for (side, outcome) in zip(board.sides, row.outcomes) {
            guard let outcome else { continue }
            let mark = outcome.failure != nil ? "× " : outcome.isRight.map { $0 ? "✓ " : "✗ " } ?? ""
            let role: Role = outcome.failure != nil || outcome.isRight == false ? .error : .success
            lines += PageText.lines(
                "\(mark)\(side.name), \(FigureText.milliseconds(outcome.milliseconds))",
                role: outcome.isRight == nil && outcome.failure == nil ? .muted : role, columns: columns)
            lines += PageText.lines(outcome.failure ?? outcome.answer, role: .text, columns: columns)
        }
        return lines
    }
}
