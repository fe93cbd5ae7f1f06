import Screen

/// A piece of a line in one role.
struct Span: Equatable {
    var text: String
    var role: Role

    init(_ text: String, _ role: Role) {
        self.text = text
        self.role = role
    }
}

extension [Span] {
    var columns: Int { reduce(0) { $0 + TextWidth.columns(of: $1.text) } }
}

extension Figure {
    /// The number in the role of measured figures, the unit in the quieter one.
    var spans: [Span] {
        let number = Span(value, self == .missing ? .muted : .metric)
        return unit.isEmpty ? [number] : [number, Span(" " + unit, .muted)]
    }
}

extension Frame {
    /// Writes spans after each other, clipped at a number of columns.
    /// - Returns: the columns used.
    @discardableResult
    mutating func write(_ spans: [Span], at point: Point, columns: Int) -> Int {
        var used = 0
        for span in spans where used < columns {
            let place = Point(column: point.column + used, row: point.row)
            used += write(span.text, at: place, role: span.role, columns: columns - used)
        }
        return used
    }

    /// Writes spans so that they end where the line ends.
    mutating func writeRight(_ spans: [Span], in line: Rect) {
        let columns = spans.columns
        guard !line.isEmpty, columns <= line.size.columns else { return }
        write(spans, at: Point(column: line.maxColumn - columns, row: line.minRow), columns: columns)
    }

    /// Draws a horizontal line of one glyph.
    mutating func rule(_ rect: Rect, role: Role) {
        fill(rect, with: Screen.Cell("─", role))
    }
}
