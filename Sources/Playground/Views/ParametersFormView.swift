import Screen

/// The sampling parameters, one a row.
struct ParametersFormView {
    let form: ParametersForm
    let state: State
    let layout: PlaygroundLayout

    private static let nameColumns = 19
    private static let valueColumns = 12
    /// With less room an explanation explains nothing.
    private static let explanationColumns = 16

    func draw(on frame: inout Frame) {
        DialogView(title: "Parameters of \(state.name(of: form.scope))").draw(on: &frame, in: layout.parameters)
        let list = layout.parametersList
        let window = ListWindow(selected: form.selected, count: form.texts.count, visible: list.size.rows)
        for (row, index) in window.rows.enumerated() {
            let line = Rect(column: list.minColumn, row: list.minRow + row, columns: list.size.columns, rows: 1)
            draw(index, on: &frame, in: line)
        }
        let foot = PlaygroundLayout.content(of: layout.parameters).split(bottom: 3).bottom.split(rows: [
            .fixed(1), .fixed(1), .fixed(1),
        ])
        let isValid = form.isValid(form.selected)
        let text = (isValid ? "" : "expected ") + form.parameter.expected
        frame.write(text, at: foot[1].origin, role: isValid ? .muted : .error, columns: foot[1].size.columns)
        var hints = [Hint("Enter", "use"), Hint("Left/Right", "less/more"), Hint("Esc", "discard")]
        if state.panes.count > 1 {
            hints.insert(Hint("Tab", state.name(of: state.nextScope(after: form.scope))), at: 2)
        }
        frame.write(hints: hints, in: foot[2])
    }

    private func draw(_ index: Int, on frame: inout Frame, in line: Rect) {
        let parameter = Parameter.allCases[index]
        let isSelected = index == form.selected
        let isValid = form.isValid(index)
        if isSelected { frame.fill(line, with: Cell(" ", .selection)) }
        let parts = line.split(columns: [
            .fixed(Self.nameColumns), .fixed(Self.valueColumns), .fixed(2), .share(),
        ])
        frame.write(
            parameter.rawValue, at: parts[0].origin, role: isSelected ? .selection : .text,
            columns: parts[0].size.columns)
        let text = form.isMixed(index) ? "differs" : form.texts[index]
        // A long value shows its end, where the typing is.
        let shown = String(text.suffix(max(0, parts[1].size.columns - 1)))
        let role: Role = isSelected ? .selection : isValid ? .input : .error
        frame.write(text.isEmpty && !isSelected ? "–" : shown, at: parts[1].origin, role: role)
        if parts[3].size.columns >= Self.explanationColumns {
            frame.write(
                TextWidth.truncate(parameter.explanation, to: parts[3].size.columns), at: parts[3].origin,
                role: isSelected ? .selection : .muted, columns: parts[3].size.columns)
        }
        if isSelected { frame.cursor = Point(column: parts[1].minColumn + shown.count, row: line.minRow) }
    }
}
