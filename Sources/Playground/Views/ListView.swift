import Screen

/// The rows of a list that match what was typed.
struct ListView {
    let list: ListDialog
    let state: State
    let layout: PlaygroundLayout

    func draw(on frame: inout Frame) {
        let outside = layout.listFrame(count: state.count(of: list.kind))
        let inside = layout.list(count: state.count(of: list.kind))
        DialogView(title: list.kind.title).draw(on: &frame, in: outside)
        let content = PlaygroundLayout.content(of: outside)
        frame.write("›", at: content.origin, role: .key)
        let place = Point(column: content.minColumn + 2, row: content.minRow)
        let used = frame.write(list.filter, at: place, role: .input, columns: content.size.columns - 3)
        frame.cursor = Point(column: place.column + used, row: place.row)
        let rows = state.rows(of: list)
        if rows.isEmpty { frame.write(list.kind.emptyText, at: inside.origin, role: .muted) }
        let window = ListWindow(selected: list.selected, count: rows.count, visible: inside.size.rows)
        for (row, index) in window.rows.enumerated() {
            let line = Rect(column: inside.minColumn, row: inside.minRow + row, columns: inside.size.columns, rows: 1)
            draw(rows[index], isSelected: index == list.selected, on: &frame, in: line)
        }
        let foot = content.split(bottom: 1).bottom
        frame.write(hints: [Hint("Enter", list.kind.verb), Hint("Esc", "close")], in: foot)
        if !rows.isEmpty { frame.writeRight([Span("\(list.selected + 1)/\(rows.count)", .muted)], in: foot) }
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
        // What they do stands in one column, where there is room for one.
        let longest = completion.candidates[window.rows].map { TextWidth.columns(of: $0.title) }.max() ?? 0
        let details = longest < rect.size.columns / 2 ? longest + 2 : 0
        for (row, index) in window.rows.enumerated() {
            let line = Rect(column: rect.minColumn, row: rect.minRow + row, columns: rect.size.columns, rows: 1)
            let isSelected = index == completion.selected
            frame.fill(line, with: Cell(" ", isSelected ? .selection : .tokenEven))
            let candidate = completion.candidates[index]
            let text = line.inset(columns: 1, rows: 0)
            let role: Role = isSelected ? .selection : .tokenEven
            let title = VisibleText.of(candidate.title)
            let gap = String(repeating: " ", count: max(2, details - TextWidth.columns(of: title)))
            let room = text.size.columns - TextWidth.columns(of: title + gap)
            let spans = [Span(title + gap, role), Span(TextWidth.truncate(candidate.detail, to: room), role)]
            frame.write(spans, at: text.origin, columns: text.size.columns)
        }
    }
}
