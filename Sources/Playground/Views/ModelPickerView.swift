import Chat
import Reports
import Screen

/// The models that can be had, for one pane.
struct ModelPickerView {
    let picker: ModelPicker
    let state: State
    let layout: PlaygroundLayout

    private var listings: [ModelListing] { state.library.listings ?? [] }
    private var pane: Pane { state.panes[picker.pane] }

    func draw(on frame: inout Frame) {
        let dialog = layout.models(count: listings.count)
        DialogView(title: "Models").draw(on: &frame, in: dialog)
        let content = PlaygroundLayout.content(of: dialog)
        let parts = content.split(rows: [.fixed(2), .share(), .fixed(4)])
        drawPanes(on: &frame, in: parts[0].split(top: 1).top)
        drawList(on: &frame, in: parts[1])
        drawDetails(on: &frame, in: parts[2])
    }

    /// Which pane the choice is for.
    private func drawPanes(on frame: inout Frame, in line: Rect) {
        var spans = [Span("for ", .muted)]
        for index in state.panes.indices {
            let name = state.panes[index].role?.rawValue ?? "pane \(index + 1)"
            spans.append(Span(" \(name) ", index == picker.pane ? .selection : .muted))
        }
        let used = frame.write(spans, at: line.origin, columns: line.size.columns)
        let room = line.size.columns - used - 2
        if room > 8 {
            let now = TextWidth.truncate("now: \(VisibleText.of(pane.name))", to: room)
            frame.write(now, at: Point(column: line.minColumn + used + 2, row: line.minRow), role: .muted)
        }
    }

    private func drawList(on frame: inout Frame, in rect: Rect) {
        if let failure = state.library.failure {
            return write(VisibleText.of(failure), role: .error, on: &frame, in: rect)
        }
        guard state.library.listings != nil else {
            return write("looking for models…", role: .muted, on: &frame, in: rect)
        }
        guard !listings.isEmpty else {
            return write("no models found", role: .muted, on: &frame, in: rect)
        }
        let window = ListWindow(selected: picker.selected, count: listings.count, visible: rect.size.rows)
        for (row, index) in window.rows.enumerated() {
            let line = Rect(column: rect.minColumn, row: rect.minRow + row, columns: rect.size.columns, rows: 1)
            let text = ModelRow(listings[index], state: state, pane: pane)
            draw(text, isSelected: index == picker.selected, on: &frame, in: line)
        }
    }

    private func draw(_ row: ModelRow, isSelected: Bool, on frame: inout Frame, in line: Rect) {
        if isSelected { frame.fill(line, with: Cell(" ", .selection)) }
        func role(_ role: Role) -> Role { isSelected ? .selection : role }
        let isNarrow = line.size.columns < 60
        let parts = line.split(columns: [
            .fixed(2), .share(), .fixed(isNarrow ? 0 : 9), .fixed(2), .fixed(isNarrow ? 9 : 11),
            .fixed(isNarrow ? 0 : 22),
        ])
        if row.isCurrent { frame.write("●", at: parts[0].origin, role: role(.success)) }
        frame.write(
            TextWidth.truncate(row.name, to: parts[1].size.columns), at: parts[1].origin, role: role(.text))
        frame.writeRight([Span(row.size, role(.metric))], in: parts[2])
        frame.write(row.status.text, at: parts[4].origin, role: role(row.status.role), columns: parts[4].size.columns)
        frame.write(row.fit.text, at: parts[5].origin, role: role(row.fit.role), columns: parts[5].size.columns)
    }

    private func drawDetails(on frame: inout Frame, in rect: Rect) {
        let lines = rect.split(bottom: 3).bottom.split(rows: [.fixed(1), .fixed(1), .fixed(1)])
        frame.write(
            hints: [Hint("Enter", verb), Hint("Tab", "other pane"), Hint("x", "stop pull"), Hint("Esc", "close")],
            in: lines[2])
        guard listings.indices.contains(picker.selected) else { return }
        let listing = listings[picker.selected]
        let about = "\(listing.entry.title) · \(Figures.bytes(listing.entry.bytes).text) · \(listing.entry.licence)"
        frame.write(
            TextWidth.truncate(about, to: rect.size.columns), at: lines[0].origin, role: .muted,
            columns: rect.size.columns)
        drawProgress(of: listing, on: &frame, in: lines[1])
    }

    private func drawProgress(of listing: ModelListing, on frame: inout Frame, in line: Rect) {
        switch state.library.pulls[listing.id] {
        case .running(let progress): ProgressView(progress: progress).draw(on: &frame, in: line)
        case .verifying: write("verifying its SHA-256…", role: .muted, on: &frame, in: line)
        case .failed(let reason): write(VisibleText.of(reason), role: .error, on: &frame, in: line)
        case nil:
            let needed = "needs ~\(Figures.bytes(listing.fit.neededBytes).text) of memory"
            let free = "~\(Figures.bytes(listing.fit.availableBytes).text) are free"
            write("\(needed), \(free)", role: listing.fit.fits ? .estimate : .warning, on: &frame, in: line)
        }
    }

    /// What Enter does with the chosen row.
    private var verb: String {
        guard listings.indices.contains(picker.selected) else { return "choose" }
        if case .onDisk = listings[picker.selected].availability { return "open" }
        return "pull"
    }

    private func write(_ text: String, role: Role, on frame: inout Frame, in rect: Rect) {
        for (row, line) in Wrap.lines(of: text, columns: rect.size.columns).prefix(rect.size.rows).enumerated() {
            frame.write(line, at: Point(column: rect.minColumn, row: rect.minRow + row), role: role)
        }
    }
}

/// The texts of one row.
struct ModelRow {
    let name: String
    let size: String
    let isCurrent: Bool
    let status: Span
    let fit: Span

    init(_ listing: ModelListing, state: State, pane: Pane) {
        name = VisibleText.of(listing.id)
        size = Figures.bytes(listing.entry.bytes).text
        isCurrent = listing.isModel(of: pane)
        let needed = "~" + Figures.bytes(listing.fit.neededBytes).text
        fit = listing.fit.fits ? Span("fits, \(needed)", .estimate) : Span("too large, \(needed)", .warning)
        status =
            switch (state.library.pulls[listing.id], listing.availability) {
            case (.running(let progress)?, _): Span("\(Figures.percent(progress.fraction))", .chart)
            case (.verifying?, _): Span("verifying", .chart)
            case (.failed?, _): Span("failed", .error)
            case (nil, .onDisk): Span("on disk", .success)
            case (nil, .partial): Span("partly", .warning)
            case (nil, .remote): Span("to pull", .muted)
            }
    }
}

/// A bar with the share that is here, the rate and the time that is left.
struct ProgressView {
    let progress: PullProgress

    func draw(on frame: inout Frame, in line: Rect) {
        var spans = [
            Span(" " + Figures.percent(progress.fraction), .metric),
            Span("  " + Figures.bytes(progress.received, of: progress.total).text, .muted),
        ]
        if let rate = progress.bytesPerSecond, rate.isFinite, rate >= 0, rate < 1e15 {
            spans.append(Span("  " + Figures.bytes(Int(rate)).text + "/s", .muted))
        }
        if let left = progress.timeLeft { spans.append(Span("  ~" + Figures.duration(left).text + " left", .estimate)) }
        while spans.columns > line.size.columns - 8, spans.count > 1 { spans.removeLast() }
        let room = max(0, line.size.columns - spans.columns)
        let bar = Rect(column: line.minColumn, row: line.minRow, columns: min(30, room), rows: 1)
        let done = Int((Double(bar.size.columns) * progress.fraction).rounded(.down))
        frame.fill(bar, with: Cell("░", .muted))
        frame.fill(bar.split(columns: [.fixed(done), .share()])[0], with: Cell("█", .chart))
        frame.write(spans, at: Point(column: bar.maxColumn, row: line.minRow), columns: line.maxColumn - bar.maxColumn)
    }
}
