import Chat
import Reports
import Screen

/// The models that can be had, for one pane.
struct ModelPickerView {
    let picker: ModelPicker
    let state: State
    let layout: PlaygroundLayout

    private var rows: [ModelListing] { state.rows(of: picker) }
    private var pane: Pane { state.panes[picker.pane] }

    func draw(on frame: inout Frame) {
        let count = state.library.listings?.count ?? 0
        DialogView(title: "Models").draw(on: &frame, in: layout.models(count: count))
        let parts = layout.modelsParts(count: count)
        let head = parts[0].split(top: 1)
        let isSearched = picker.isFiltering || !picker.filter.isEmpty
        // Where there is one line for both, the search takes it.
        if !isSearched || !head.rest.isEmpty { drawPanes(on: &frame, in: head.top) }
        if isSearched { drawFilter(on: &frame, in: head.rest.isEmpty ? head.top : head.rest) }
        drawList(on: &frame, in: parts[1])
        drawDetails(on: &frame, in: parts[2])
    }

    private func drawFilter(on frame: inout Frame, in line: Rect) {
        frame.write("›", at: line.origin, role: .key)
        let place = Point(column: line.minColumn + 2, row: line.minRow)
        let used = frame.write(
            VisibleText.of(picker.filter), at: place, role: .input, columns: line.size.columns - 3)
        if picker.isFiltering { frame.cursor = Point(column: place.column + used, row: place.row) }
    }

    /// Which pane the choice is for.
    private func drawPanes(on frame: inout Frame, in line: Rect) {
        var spans = [Span("for ", .muted)]
        for index in state.panes.indices {
            spans.append(Span(" \(state.label(index)) ", index == picker.pane ? .selection : .muted))
        }
        let used = frame.write(spans, at: line.origin, columns: line.size.columns)
        let room = line.size.columns - used - 2
        if room > 8 {
            let now = TextWidth.truncate("now: \(pane.nameAndPlace)", to: room)
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
        let rows = rows
        guard !rows.isEmpty else {
            let text = picker.filter.isEmpty ? "no models found" : "no model has these words"
            return write(text, role: .muted, on: &frame, in: rect)
        }
        let window = ListWindow(selected: picker.selected, count: rows.count, visible: rect.size.rows)
        for (row, index) in window.rows.enumerated() {
            let line = Rect(column: rect.minColumn, row: rect.minRow + row, columns: rect.size.columns, rows: 1)
            let text = ModelRow(rows[index], state: state, pane: pane)
            draw(text, isSelected: index == picker.selected, on: &frame, in: line)
        }
    }

    private func draw(_ row: ModelRow, isSelected: Bool, on frame: inout Frame, in line: Rect) {
        if isSelected { frame.fill(line, with: Cell(" ", .selection)) }
        func role(_ role: Role) -> Role { isSelected ? .selection : role }
        let isNarrow = line.size.columns < 60
        let parts = line.split(columns: [
            .fixed(2), .share(), .fixed(isNarrow ? 0 : 9), .fixed(2), .fixed(isNarrow ? 9 : 13),
            .fixed(isNarrow ? 0 : 20),
        ])
        if row.isCurrent { frame.write("●", at: parts[0].origin, role: role(.success)) }
        frame.write(
            row.name(in: parts[1].size.columns), at: parts[1].origin,
            role: role(row.isUsable ? .text : .muted))
        frame.writeRight([Span(row.size, role(.metric))], in: parts[2])
        // A server's address takes the room of what nobody knows of its model.
        let room = parts[4].size.columns + (row.fit.text.isEmpty ? parts[5].size.columns : 0)
        frame.write(
            TextWidth.truncate(row.status.text, to: room), at: parts[4].origin, role: role(row.status.role))
        frame.write(row.fit.text, at: parts[5].origin, role: role(row.fit.role), columns: parts[5].size.columns)
    }

    private func drawDetails(on frame: inout Frame, in rect: Rect) {
        let lines = rect.split(bottom: min(4, rect.size.rows)).bottom
        frame.write(hints: hints, in: lines.split(bottom: 1).bottom)
        if !rows.isEmpty, lines.size.columns >= 60 {
            frame.writeRight(
                [Span("\(picker.selected + 1)/\(rows.count)", .muted)], in: lines.split(bottom: 1).bottom)
        }
        guard let listing = state.chosen(in: picker) else { return }
        let rows = lines.split(bottom: 1).rest
        let about = listing.obstacleToAnswers.map { VisibleText.of($0) } ?? listing.about
        let role: Role = listing.obstacleToAnswers == nil ? .muted : .warning
        guard rows.size.rows > 1 else {
            frame.write(TextWidth.truncate(about, to: rect.size.columns), at: rows.origin, role: role)
            return
        }
        frame.write(TextWidth.truncate(listing.about, to: rect.size.columns), at: rows.origin, role: .muted)
        let below = rows.split(top: 1).rest
        if let obstacle = listing.obstacleToAnswers {
            return write(VisibleText.of(obstacle), role: .warning, on: &frame, in: below)
        }
        let parts = below.split(top: 1)
        drawProgress(of: listing, on: &frame, in: parts.top)
        if let pair = state.pairFit(of: listing, in: picker.pane) { draw(pair, on: &frame, in: parts.rest) }
    }

    private var hints: [Hint] {
        let canBeOpened = state.chosen(in: picker)?.obstacleToAnswers == nil
        var hints = canBeOpened ? [Hint("Enter", verb)] : []
        if picker.isFiltering { return hints + [Hint("Esc", "all models")] }
        if state.panes.count > 1 { hints.append(Hint("Tab", "next pane")) }
        hints.append(Hint(state.keymap.firstKey(of: .filterModels, in: .models), "find"))
        if let listing = state.chosen(in: picker), state.library.pulls[listing.id]?.isRunning == true {
            hints.append(Hint(state.keymap.firstKey(of: .stopPull, in: .models), "stop pull"))
        }
        return (hints + [Hint("Esc", picker.filter.isEmpty ? "close" : "all models")]).filter { !$0.key.isEmpty }
    }

    /// Whether it fits beside the other panes' models, and what would, if it doesn't.
    private func draw(_ pair: PairFit, on frame: inout Frame, in line: Rect) {
        let needed = "~\(Figures.bytes(pair.fit.neededBytes).text)"
        let free = "~\(Figures.bytes(pair.fit.availableBytes).text)"
        let others = pair.others.joined(separator: " and ")
        var text = "with \(others): \(needed) of \(free)"
        if !pair.fit.fits {
            text += ", too much" + (pair.alternative.map { "; largest that fits: \(VisibleText.of($0))" } ?? "")
        }
        frame.write(
            TextWidth.truncate(text, to: line.size.columns), at: line.origin,
            role: pair.fit.fits ? .estimate : .warning, columns: line.size.columns)
    }

    private func drawProgress(of listing: ModelListing, on frame: inout Frame, in line: Rect) {
        switch state.library.pulls[listing.id] {
        case .running(let progress): ProgressView(progress: progress).draw(on: &frame, in: line)
        case .verifying: write("verifying its SHA-256…", role: .muted, on: &frame, in: line)
        case .failed(let reason): write(VisibleText.of(reason), role: .error, on: &frame, in: line)
        case nil:
            if let hearsay = listing.hearsay { return write(hearsay, role: .muted, on: &frame, in: line) }
            guard let fit = listing.fit else { return }
            let needed = "needs ~\(Figures.bytes(fit.neededBytes).text) of memory"
            let free = "~\(Figures.bytes(fit.availableBytes).text) are free"
            write("\(needed), \(free)", role: fit.fits ? .estimate : .warning, on: &frame, in: line)
        }
    }

    /// What Enter does with the chosen row.
    private var verb: String {
        switch state.chosen(in: picker)?.availability {
        case .onDisk, .served: "open"
        case .partial, .remote: "pull"
        case nil: "choose"
        }
    }

    private func write(_ text: String, role: Role, on frame: inout Frame, in rect: Rect) {
        for (row, line) in Wrap.lines(of: text, columns: rect.size.columns).prefix(rect.size.rows).enumerated() {
            frame.write(line, at: Point(column: rect.minColumn, row: rect.minRow + row), role: role)
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
