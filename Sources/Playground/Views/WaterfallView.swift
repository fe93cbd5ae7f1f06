import Chat
import Screen

/// Draws how the time to a first token divides: in one row, or in a row for each part.
struct WaterfallView {
    /// Nil before anything was heard of a request.
    let timeline: RequestTimeline?

    func draw(on frame: inout Frame, in rect: Rect) {
        guard let timeline, !rect.isEmpty else {
            frame.write("no request yet", at: rect.origin, role: .muted, columns: rect.size.columns)
            return
        }
        let waterfall = Waterfall(timeline)
        if rect.size.rows >= Self.parts.count {
            drawRows(of: waterfall, on: &frame, in: rect)
        } else {
            let line = rect.split(top: 1).top
            let parts = spans(of: waterfall, hasTitles: true, columns: line.size.columns)
            let spans = parts ?? spans(of: waterfall, hasTitles: false, columns: line.size.columns) ?? []
            frame.write(spans, at: line.origin, columns: line.size.columns)
        }
    }

    /// What has a place of its own: time lost before the last attempt stands beside the network's.
    private static let parts: [Waterfall.Part] = [.network, .wait, .firstToken]

    // MARK: One row

    /// "net 18.2 ms ░ wait 180 ms ████ token 53.9 ms ▒", or without the names: a bar, and the figures in its order.
    /// - Returns: nil where the bars would be too short to tell anything.
    private func spans(of waterfall: Waterfall, hasTitles: Bool, columns: Int) -> [Span]? {
        let shown = Waterfall.Part.allCases.filter { $0 != .turnedAway || waterfall.duration(of: $0) != nil }
        let figures = shown.map { figure(of: $0, in: waterfall) }
        return hasTitles
            ? titled(shown, figures, of: waterfall, columns: columns) : bare(shown, figures, of: waterfall, columns)
    }

    private func titled(
        _ parts: [Waterfall.Part], _ figures: [Figure], of waterfall: Waterfall, columns: Int
    ) -> [Span]? {
        let texts = zip(parts, figures).map { part, figure in
            [Span(part.shortTitle + " ", .muted)] + figure.spans + [Span(" ", .muted)]
        }
        let room = columns - texts.reduce(0) { $0 + $1.columns } - (parts.count - 1)
        guard room >= 4 * parts.count else { return nil }
        let widths = widths(of: parts, in: waterfall, columns: room)
        var spans: [Span] = []
        for (index, part) in parts.enumerated() {
            spans += texts[index] + [Span(String(repeating: part.shade, count: widths[index]), part.role)]
            if index < parts.count - 1 { spans.append(Span(" ", .muted)) }
        }
        return spans
    }

    private func bare(
        _ parts: [Waterfall.Part], _ figures: [Figure], of waterfall: Waterfall, _ columns: Int
    ) -> [Span]? {
        var texts: [Span] = []
        for (index, figure) in figures.enumerated() {
            // A unit holds for all figures in front of it.
            let isLastOfUnit = index + 1 == figures.count || figures[index + 1].unit != figure.unit
            texts.append(Span(figure.value, figure == .missing ? .muted : .metric))
            if isLastOfUnit, !figure.unit.isEmpty { texts.append(Span(" " + figure.unit, .muted)) }
            if index + 1 < figures.count { texts.append(Span("+", .muted)) }
        }
        if texts.columns > columns { texts = [] }
        let room = columns - texts.columns - 1
        let widths = widths(of: parts, in: waterfall, columns: max(0, room))
        let bar = zip(parts, widths).map { Span(String(repeating: $0.shade, count: $1), $0.role) }
        let blanks = max(0, columns - texts.columns - bar.columns)
        return bar + [Span(String(repeating: " ", count: blanks), .muted)] + texts
    }

    private func widths(of parts: [Waterfall.Part], in waterfall: Waterfall, columns: Int) -> [Int] {
        let widths = Dictionary(
            zip(waterfall.stretches.map(\.part), waterfall.columns(of: columns)), uniquingKeysWith: { $0 + $1 })
        return parts.map { widths[$0] ?? 0 }
    }

    // MARK: A row for each part

    private func drawRows(of waterfall: Waterfall, on frame: inout Frame, in rect: Rect) {
        for (row, part) in Self.parts.enumerated() {
            let line = Rect(column: rect.minColumn, row: rect.minRow + row, columns: rect.size.columns, rows: 1)
            let places = line.split(columns: [.fixed(6), .fixed(8), .fixed(1), .share()])
            frame.write(part.shortTitle, at: places[0].origin, role: .muted)
            frame.writeRight(figure(of: part, in: waterfall).spans, in: places[1])
            if part == .network { draw(.turnedAway, of: waterfall, on: &frame, in: places[3]) }
            draw(part, of: waterfall, on: &frame, in: places[3])
        }
    }

    private func draw(_ part: Waterfall.Part, of waterfall: Waterfall, on frame: inout Frame, in line: Rect) {
        guard let stretch = waterfall.stretches.first(where: { $0.part == part }) else { return }
        let (blanks, bar) = Waterfall.bar(
            from: stretch.from, duration: stretch.duration, of: waterfall.total, columns: line.size.columns)
        let place = Point(column: line.minColumn + blanks, row: line.minRow)
        // Time lost shares its row with the network, and differs in its shade too.
        let shown = part == .turnedAway ? String(repeating: part.shade, count: bar.count) : bar
        frame.write(shown, at: place, role: part.role, columns: line.maxColumn - place.column)
    }

    /// A connection that was open already took no time to be made.
    private func figure(of part: Waterfall.Part, in waterfall: Waterfall) -> Figure {
        if part == .network, waterfall.reusedConnection { return Figure(value: "reused", unit: "") }
        return Figures.duration(waterfall.duration(of: part))
    }
}
