import Screen

/// A long text in a dialog.
struct PageView {
    let page: PageDialog
    let state: State
    let layout: PlaygroundLayout

    func draw(on frame: inout Frame) {
        let contents = state.contents(of: page, in: layout)
        let (lines, rect) = (contents.lines, contents.rect)
        DialogView(title: contents.title).draw(on: &frame, in: contents.frame)
        let top = min(page.top, max(0, lines.count - rect.size.rows))
        for (row, line) in lines.dropFirst(top).prefix(rect.size.rows).enumerated() {
            frame.write(
                line, at: Point(column: rect.minColumn, row: rect.minRow + row), columns: rect.size.columns)
        }
        let foot = PlaygroundLayout.content(of: contents.frame).split(bottom: 1).bottom
        var hints = [Hint("Esc", "close"), Hint("Up/Down", "scroll")]
        if state.panes.count > 1, page.kind == .prompt { hints.append(Hint("Tab", "next pane")) }
        if page.kind == .follow { hints.append(Hint("Tab", "the other way")) }
        frame.write(hints: hints, in: foot)
        if lines.count > rect.size.rows {
            frame.writeRight([Span("\(min(lines.count, top + rect.size.rows))/\(lines.count)", .muted)], in: foot)
        }
    }
}
