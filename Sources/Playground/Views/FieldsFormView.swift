import Screen

/// The lines of a form, with what is expected in the one that is edited.
struct FieldsFormView {
    let form: FieldsForm
    let state: State
    let layout: PlaygroundLayout

    private static let nameColumns = 12

    func draw(on frame: inout Frame) {
        let rect = layout.fields(count: form.fields.count)
        DialogView(title: state.title(of: form)).draw(on: &frame, in: rect)
        let parts = PlaygroundLayout.content(of: rect).split(bottom: 3)
        let window = ListWindow(selected: form.selected, count: form.fields.count, visible: parts.rest.size.rows)
        for (row, index) in window.rows.enumerated() {
            let line = Rect(
                column: parts.rest.minColumn, row: parts.rest.minRow + row, columns: parts.rest.size.columns, rows: 1)
            draw(index, on: &frame, in: line)
        }
        let foot = parts.bottom.split(rows: [.fixed(1), .fixed(1), .fixed(1)])
        let fault = form.fault(form.selected)
        let text = fault.map { "expected \($0)" } ?? form.field.explanation
        let isMissing = form.texts[form.selected].isEmpty
        frame.write(
            TextWidth.truncate(isMissing && fault != nil ? form.field.explanation : text, to: foot[1].size.columns),
            at: foot[1].origin, role: fault != nil && !isMissing ? .error : .muted)
        var hints = [Hint("Enter", verb), Hint("Esc", "discard")]
        if form.fields.count > 1 { hints.insert(Hint("Tab", "next line"), at: 1) }
        if form.field.hasSteps { hints.insert(Hint("Left/Right", "change"), at: 1) }
        frame.write(hints: hints, in: foot[2])
    }

    private var verb: String { form.purpose == .export ? "write" : "start" }

    private func draw(_ index: Int, on frame: inout Frame, in line: Rect) {
        let field = form.fields[index]
        let isSelected = index == form.selected
        if isSelected { frame.fill(line, with: Cell(" ", .selection)) }
        let parts = line.split(columns: [.fixed(Self.nameColumns), .share()])
        frame.write(
            field.name, at: parts[0].origin, role: isSelected ? .selection : .text, columns: parts[0].size.columns)
        // A long value shows its end, where the typing is.
        let shown = Self.end(of: VisibleText.of(form.texts[index]).onOneLine, columns: parts[1].size.columns - 1)
        let isValid = form.fault(index) == nil
        let role: Role = isSelected ? .selection : isValid ? .input : .error
        if form.texts[index].isEmpty, !isSelected {
            let text = field.isRequired ? "needed" : "–"
            frame.write(text, at: parts[1].origin, role: field.isRequired ? .warning : .muted)
        } else {
            frame.write(shown, at: parts[1].origin, role: role, columns: parts[1].size.columns)
        }
        if isSelected {
            frame.cursor = Point(column: parts[1].minColumn + TextWidth.columns(of: shown), row: line.minRow)
        }
    }

    private static func end(of text: String, columns: Int) -> String {
        var shown = text[...]
        while TextWidth.columns(of: String(shown)) > max(0, columns) { shown.removeFirst() }
        return String(shown)
    }
}

extension WorkflowField {
    /// Whether keys change its value step by step.
    var hasSteps: Bool {
        switch rule {
        case .choice, .wholeNumber: true
        case .text, .path, .list: false
        }
    }
}
