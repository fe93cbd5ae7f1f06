import Screen

/// The frame that all dialogs share.
struct DialogView {
    let title: String

    func draw(on frame: inout Frame, in rect: Rect) {
        frame.cursor = nil
        mute(&frame)
        // A blank column on either side keeps the dialog's border apart from the panes' borders.
        let gutter = Rect(
            column: rect.minColumn - 1, row: rect.minRow, columns: rect.size.columns + 2, rows: rect.size.rows)
        frame.fill(gutter, with: Cell(" ", .text))
        frame.border(rect, role: .borderFocused)
        let line = rect.split(top: 1).top.inset(columns: 2, rows: 0)
        frame.write(
            " " + TextWidth.truncate(title, to: line.size.columns - 2) + " ", at: line.origin, role: .title,
            columns: line.size.columns)
    }

    /// What lies below steps back.
    private func mute(_ frame: inout Frame) {
        for row in 0..<frame.size.rows {
            for column in 0..<frame.size.columns where frame[column: column, row: row].glyph != " " {
                let cell = frame[column: column, row: row]
                if cell.glyph == Cell.continuation || cell.role == .border { continue }
                frame[column: column, row: row] = Cell(cell.glyph, .muted)
            }
        }
    }
}

/// Which rows of a list are in sight: the chosen one as close to the middle as the ends allow.
struct ListWindow: Equatable {
    let rows: Range<Int>

    init(selected: Int, count: Int, visible: Int) {
        let first = max(0, min(selected - visible / 2, count - visible))
        rows = first..<max(first, min(count, first + visible))
    }
}
