import Screen

/// Every key, from the key table.
struct HelpView {
    let page: HelpPage
    let layout: PlaygroundLayout

    func draw(on frame: inout Frame) {
        DialogView(title: "Keys").draw(on: &frame, in: layout.help)
        let rect = layout.helpPage
        let top = min(page.top, max(0, HelpPage.lines.count - rect.size.rows))
        for (row, line) in HelpPage.lines.dropFirst(top).prefix(rect.size.rows).enumerated() {
            let place = Rect(column: rect.minColumn, row: rect.minRow + row, columns: rect.size.columns, rows: 1)
            draw(line, on: &frame, in: place)
        }
        let foot = PlaygroundLayout.content(of: layout.help).split(bottom: 1).bottom
        frame.write(hints: [Hint("Esc", "close"), Hint("Up/Down", "scroll")], in: foot)
        let last = min(HelpPage.lines.count, top + rect.size.rows)
        frame.writeRight([Span("\(last)/\(HelpPage.lines.count)", .muted)], in: foot)
    }

    private func draw(_ line: HelpPage.Line, on frame: inout Frame, in rect: Rect) {
        switch line {
        case .blank: break
        case .heading(let text): frame.write(text, at: rect.origin, role: .title, columns: rect.size.columns)
        case .binding(let keys, let title):
            let parts = rect.split(columns: [.fixed(rect.size.columns < 60 ? 15 : 20), .share()])
            frame.write(keys, at: parts[0].origin, role: .key, columns: parts[0].size.columns - 1)
            frame.write(
                TextWidth.truncate(title, to: parts[1].size.columns), at: parts[1].origin, role: .text,
                columns: parts[1].size.columns)
        }
    }
}
