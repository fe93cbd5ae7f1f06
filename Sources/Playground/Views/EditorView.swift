import Screen

/// Draws a text being edited, scrolled so that the cursor is in sight.
struct EditorView {
    let editor: TextEditor
    /// Whether the cursor is shown.
    let isActive: Bool

    func draw(on frame: inout Frame, in rect: Rect) {
        guard !rect.isEmpty else { return }
        let rows = EditorRows(editor.characters, columns: rect.size.columns)
        let cursor = rows.place(of: editor.cursor)
        let first = max(0, min(cursor.row - rect.size.rows / 2, rows.ranges.count - rect.size.rows))
        for row in first..<min(rows.ranges.count, first + rect.size.rows) {
            let place = Point(column: rect.minColumn, row: rect.minRow + row - first)
            frame.write(rows.text(row), at: place, role: .input, columns: rect.size.columns)
        }
        if isActive {
            frame.cursor = Point(
                column: min(rect.minColumn + cursor.column, rect.maxColumn - 1), row: rect.minRow + cursor.row - first)
        }
    }
}
