import Screen

/// The lines of a form, with what is expected in the one that is edited.
struct FieldsFormView {
    let form: FieldsForm
    let state: State
    let layout: PlaygroundLayout

    private static let nameColumns = 12

    func draw(on frame: inout Frame) {
        let remark = remark
        let columns = PlaygroundLayout.content(of: layout.fields(count: form.fields.count)).size.columns
        let lines = Wrap.lines(of: VisibleText.of(remark.text), columns: columns).prefix(Self.mostRemarkRows)
        // A short remark has a blank line above it; a longer one takes that first.
        let foot = max(3, lines.count + 1)
        let rect = layout.fields(count: form.fields.count, foot: foot)
        DialogView(title: title(columns: columns)).draw(on: &frame, in: rect)
        let parts = PlaygroundLayout.content(of: rect).split(bottom: foot)
        let window = ListWindow(selected: form.selected, count: form.fields.count, visible: parts.rest.size.rows)
        for (row, index) in window.rows.enumerated() {
            let line = Rect(
                column: parts.rest.minColumn, row: parts.rest.minRow + row, columns: parts.rest.size.columns, rows: 1)
            draw(index, on: &frame, in: line)
        }
        let below = parts.bottom.split(bottom: 1)
        let top = below.bottom.minRow - lines.count
        for (row, line) in lines.enumerated() {
            frame.write(line, at: Point(column: below.bottom.minColumn, row: top + row), role: remark.role)
        }
        // The way out is seen on every screen.
        var hints = [Hint("Enter", verb), Hint("Esc", "discard")]
        if form.fields.count > 1 { hints.append(Hint("Tab", "next")) }
        if form.field.hasSteps { hints.append(Hint("Left/Right", "change")) }
        frame.write(hints: hints, in: below.bottom)
    }

    private static let mostRemarkRows = 4

    /// What is wrong, or what the line is for.
    private var remark: (text: String, role: Role) {
        if let reason = form.reason { return (reason, .error) }
        guard let fault = form.fault(form.selected), !form.texts[form.selected].isEmpty else {
            return (form.field.explanation, .muted)
        }
        return ("expected \(fault)", .error)
    }

    /// The name alone where the rest has no room.
    private func title(columns: Int) -> String {
        let title = state.title(of: form)
        return TextWidth.columns(of: title) <= columns - 2 ? title : state.briefTitle(of: form)
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
            let text = field.isRequired ? "needed" : field.usual ?? "–"
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
