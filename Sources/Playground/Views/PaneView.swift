import Chat
import Screen

/// One pane: its frame, its conversation and its figures.
struct PaneView {
    let state: State
    let rects: PlaygroundLayout.PaneRects
    let divergence: Divergence?

    private var index: Int { rects.pane }
    private var pane: Pane { state.panes[index] }
    private var isFocused: Bool { state.dialog == nil && state.focus == .pane(index) }
    /// The model's own colour, for its title.
    private var accent: Role { state.isHidden ? .title : state.accent(of: index) }

    func draw(on frame: inout Frame) {
        drawFrame(on: &frame)
        if rects.edge != .none { drawTitle(on: &frame) }
        drawConversation(on: &frame)
        if let metrics = pane.metrics, !rects.metrics.isEmpty {
            if state.isHidden {
                frame.write(
                    "figures are shown after your vote", at: rects.metrics.origin, role: .muted,
                    columns: rects.metrics.size.columns)
            } else {
                MetricsView(metrics: metrics, server: pane.profile?.server).draw(on: &frame, in: rects.metrics)
            }
        }
    }

    private func drawFrame(on frame: inout Frame) {
        let role: Role = isFocused ? .borderFocused : .border
        guard rects.edge != .none else { return }
        guard rects.edge == .box else {
            frame.rule(rects.frame.split(top: 1).top, role: role)
            return
        }
        frame.border(rects.frame, role: role)
        guard !rects.rule.isEmpty else { return }
        let row = rects.rule.minRow
        frame.rule(
            Rect(column: rects.frame.minColumn, row: row, columns: rects.frame.size.columns, rows: 1), role: role)
        frame[column: rects.frame.minColumn, row: row] = Cell("├", role)
        frame[column: rects.frame.maxColumn - 1, row: row] = Cell("┤", role)
    }

    /// "small smollm2-135m-instruct Q4_1": the name gives way first, then the format goes.
    private func drawTitle(on frame: inout Frame) {
        let line = rects.frame.split(top: 1).top.inset(columns: 2, rows: 0)
        guard !state.isHidden else {
            let side = state.shownPanes.firstIndex(of: index) == 0 ? " left " : " right "
            frame.write([Span(side, .title)], at: line.origin, columns: line.size.columns)
            return
        }
        var spans: [Span] = []
        if let role = pane.role {
            spans = [Span(role.rawValue, accent), Span(" ", .title)]
        } else if state.panes.count > 1 {
            spans = [Span("\(index + 1)", accent), Span(" ", .title)]
        }
        let warning = pane.profile?.server?.isOpenToOthers == true ? " plain HTTP" : ""
        let room = line.size.columns - 2 - spans.columns - warning.count
        let most = room - min(12, TextWidth.columns(of: shown(pane.name)))
        let rest = qualifiers.map { shown($0) }.first { TextWidth.columns(of: $0) <= most } ?? mark(columns: most)
        let name = TextWidth.truncate(shown(pane.name), to: room - TextWidth.columns(of: rest))
        spans += [Span(name, .title), Span(rest, .muted), Span(warning, .warning)]
        frame.write([Span(" ", .title)] + spans + [Span(" ", .title)], at: line.origin, columns: line.size.columns)
    }

    /// What stands behind the name, the longest wording first: the format, or the server with its software; and what
    /// sets the pane apart.
    private var qualifiers: [String] {
        let peculiarities = state.peculiarities(of: index)
        guard let server = pane.profile?.server else {
            return [((pane.profile?.shortFormat ?? pane.serverMark).map { " " + $0 } ?? "") + peculiarities]
        }
        let long = [" on \(server.place)", " on \(server.shownHost)"]
        return (long + [pane.serverMark.map { " \($0)" }].compactMap { $0 }).map { $0 + peculiarities }
    }

    /// What is left of the server where there is no room for it: that the model is on one is never cut.
    private func mark(columns: Int) -> String {
        guard let mark = pane.serverMark else { return "" }
        return TextWidth.truncate(shown(" " + mark), to: max(4, columns))
    }

    private func drawConversation(on frame: inout Frame) {
        for (row, text) in state.rawTextNotice(index, in: rects).enumerated() {
            let place = Point(column: rects.transcript.minColumn, row: rects.transcript.minRow + row)
            frame.write(text, at: place, role: .warning, columns: rects.transcript.size.columns)
        }
        let rect = rects.transcript.split(top: state.rawTextNotice(index, in: rects).count).rest
        let transcript = state.transcript(index, columns: rect.size.columns, divergence: divergence)
        for (row, line) in transcript.visible(rows: rect.size.rows).enumerated() {
            let place = Point(column: rect.minColumn, row: rect.minRow + row)
            let used = frame.write(line.spans, at: place, columns: rect.size.columns)
            if line.endsOpen, used < rect.size.columns {
                // In the colour of the text: a change of colours costs more on the wire than a token's letters.
                let role = line.spans.last?.role ?? .answer
                frame.write("▌", at: Point(column: place.column + used, row: place.row), role: role)
            }
        }
        drawScrollHint(on: &frame)
    }

    /// Says in the lower edge that the end of the conversation is out of sight.
    private func drawScrollHint(on frame: inout Frame) {
        guard rects.edge == .box, pane.scroll != .tail else { return }
        let edge = rects.frame.split(bottom: 1).bottom.inset(columns: 2, rows: 0)
        frame.writeRight([Span(" ↓ more below ", .muted)], in: edge)
    }

    /// Names come out of files, and may hold anything.
    private func shown(_ text: String) -> String {
        String(VisibleText.of(text).map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }
}

extension State {
    /// A pane's own colour.
    func accent(of pane: Int) -> Role {
        switch panes[pane].role {
        case .small: .small
        case .large: .large
        case nil:
            [Role.small, .large, .third, .fourth].filter { role in
                !panes.contains { $0.role?.rawValue == role.rawValue }
            }[panes[..<pane].count { $0.role == nil }]
        }
    }
}
