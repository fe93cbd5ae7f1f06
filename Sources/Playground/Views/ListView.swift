import Screen

/// The rows of a list that match what was typed.
struct ListView {
    let list: ListDialog
    let state: State
    let layout: PlaygroundLayout

    func draw(on frame: inout Frame) {
        DialogView(title: list.kind.title).draw(on: &frame, in: layout.listFrame)
        let content = PlaygroundLayout.content(of: layout.listFrame)
        frame.write("›", at: content.origin, role: .key)
        let place = Point(column: content.minColumn + 2, row: content.minRow)
        let used = frame.write(list.filter, at: place, role: .input, columns: content.size.columns - 3)
        frame.cursor = Point(column: place.column + used, row: place.row)
        let rows = state.rows(of: list)
        if rows.isEmpty { frame.write(list.kind.emptyText, at: layout.list.origin, role: .muted) }
        let window = ListWindow(selected: list.selected, count: rows.count, visible: layout.list.size.rows)
        for (row, index) in window.rows.enumerated() {
            let line = Rect(
                column: layout.list.minColumn, row: layout.list.minRow + row, columns: layout.list.size.columns, rows: 1
            )
            draw(rows[index], isSelected: index == list.selected, on: &frame, in: line)
        }
        let foot = content.split(bottom: 1).bottom
        frame.write(hints: [Hint("Enter", list.kind.verb), Hint("Esc", "close")], in: foot)
        frame.writeRight([Span("\(rows.count)", .muted)], in: foot)
    }

    private func draw(_ row: ListRow, isSelected: Bool, on frame: inout Frame, in line: Rect) {
        if isSelected { frame.fill(line, with: Cell(" ", .selection)) }
        let detail = [Span(VisibleText.of(row.detail), isSelected ? .selection : .key)]
        let room = line.size.columns - (row.detail.isEmpty ? 0 : detail.columns + 1)
        frame.write(
            TextWidth.truncate(VisibleText.of(row.title).onOneLine, to: room), at: line.origin,
            role: isSelected ? .selection : .text, columns: room)
        frame.writeRight(detail, in: line)
    }
}

/// What could end the command that is being typed, above the prompt.
struct CompletionView {
    let completion: Completion
    let layout: PlaygroundLayout

    func draw(on frame: inout Frame) {
        guard completion.isOpen, !layout.promptFrame.isEmpty else { return }
        let rect = layout.completion(count: completion.candidates.count)
        let window = ListWindow(
            selected: completion.selected, count: completion.candidates.count, visible: rect.size.rows)
        for (row, index) in window.rows.enumerated() {
            let line = Rect(column: rect.minColumn, row: rect.minRow + row, columns: rect.size.columns, rows: 1)
            let isSelected = index == completion.selected
            frame.fill(line, with: Cell(" ", isSelected ? .selection : .tokenEven))
            let candidate = completion.candidates[index]
            let text = line.inset(columns: 1, rows: 0)
            let spans = [
                Span(VisibleText.of(candidate.title) + "  ", isSelected ? .selection : .tokenEven),
                Span(candidate.detail, isSelected ? .selection : .tokenEven),
            ]
            frame.write(spans, at: text.origin, columns: text.size.columns)
        }
    }
}
