import Reports
import Screen

extension State {
    /// A row of the task in full: its text, what was expected, and what each side made of it.
    func examplePage(of id: String, columns: Int) -> [PageLine] {
        guard let board = workbench?.board, let row = board.rows.first(where: { $0.id == id }) else { return [] }
        var lines: [PageLine] = []
        func add(_ title: [Span], _ text: String, _ role: Role) {
            lines += [title] + PageText.lines(text, role: role, columns: columns) + [[]]
        }
        add([Span("text", .muted)], row.text, .text)
        if let expected = row.expected { add([Span("expected", .muted)], expected, .text) }
        for (index, outcome) in row.outcomes.enumerated() where board.sides.indices.contains(index) {
            let side = board.sides[index]
            let name = VisibleText.of(side.name).onOneLine
            let title = [
                Span(
                    side.role.isEmpty ? name : "\(side.role) \(name)", WorkbenchView.accent(of: index, in: board))
            ]
            guard let outcome else {
                if side.phase != .done { add(title, "hasn't come to it", .muted) }
                continue
            }
            add(title + outcome.facts, outcome.failure ?? outcome.answer, outcome.failure == nil ? .text : .warning)
        }
        return lines.dropLast()
    }

    /// Opens the row that is chosen.
    mutating func openExample() {
        guard let task = workbench, task.tab == .rows, let row = task.selectedRow else { return }
        dialog = .page(PageDialog(.example, row: row.id))
    }
}

extension TaskBoard.Outcome {
    /// Whether it was right, how sure the side was, and how long it took.
    fileprivate var facts: [Span] {
        let (mark, role) = TaskRowsView.mark(of: self)
        let confidence = confidence.map { [Span("  \(Figures.share($0)) sure", .muted)] } ?? []
        let time = Span("  \(Figures.duration(.milliseconds(milliseconds)).text)", .muted)
        return [Span("  \(mark)", role)] + confidence + [time]
    }
}
