import Screen

/// The commands that match what was typed.
struct CommandPaletteView {
    let palette: CommandPalette
    let layout: PlaygroundLayout

    func draw(on frame: inout Frame) {
        DialogView(title: "Commands").draw(on: &frame, in: layout.palette)
        let content = PlaygroundLayout.content(of: layout.palette)
        frame.write("›", at: content.origin, role: .key)
        let place = Point(column: content.minColumn + 2, row: content.minRow)
        let used = frame.write(palette.filter, at: place, role: .input, columns: content.size.columns - 3)
        frame.cursor = Point(column: place.column + used, row: place.row)
        let list = layout.paletteList
        let matches = palette.matches
        if matches.isEmpty { frame.write("no command has these words", at: list.origin, role: .muted) }
        let window = ListWindow(selected: palette.selected, count: matches.count, visible: list.size.rows)
        for (row, index) in window.rows.enumerated() {
            let line = Rect(column: list.minColumn, row: list.minRow + row, columns: list.size.columns, rows: 1)
            draw(matches[index], isSelected: index == palette.selected, on: &frame, in: line)
        }
        let foot = content.split(bottom: 1).bottom
        frame.write(hints: [Hint("Enter", "do it"), Hint("Esc", "close")], in: foot)
    }

    private func draw(_ command: KeyBinding, isSelected: Bool, on frame: inout Frame, in line: Rect) {
        if isSelected { frame.fill(line, with: Cell(" ", .selection)) }
        let keys = [Span(command.keyNames, isSelected ? .selection : .key)]
        let room = line.size.columns - keys.columns - 1
        frame.write(
            TextWidth.truncate(command.title, to: room), at: line.origin, role: isSelected ? .selection : .text,
            columns: room)
        frame.writeRight(keys, in: line)
    }
}
