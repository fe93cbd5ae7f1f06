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

    /// The same in lines of at most so many columns, broken between words; all but the first are indented.
    func wrapped(columns: Int) -> [[Span]] {
        guard self.columns > columns else { return [self] }
        let indent = Span("  ", .text)
        var lines: [[Span]] = []
        var line: [Span] = []
        var used = 0
        for word in words {
            if used + word.columns > columns, used > indent.text.count {
                lines.append(line)
                line = [indent]
                used = indent.text.count
                if word.allSatisfy({ $0.text.allSatisfy { $0 == " " } }) { continue }
            }
            line += word
            used += word.columns
        }
        return lines + [line]
    }

    /// Pieces that aren't broken: words and the blanks between them, each in its roles.
    private var words: [[Span]] {
        var words: [[Span]] = []
        var wasBlank: Bool?
        for span in self {
            for character in span.text {
                let isBlank = character == " "
                if isBlank != wasBlank { words.append([]) }
                wasBlank = isBlank
                let last = words.count - 1
                if words[last].last?.role == span.role {
                    words[last][words[last].count - 1].text.append(character)
                } else {
                    words[last].append(Span(String(character), span.role))
                }
            }
        }
        return words
    }
}

extension Figure {
    /// The number in the role of measured figures, the unit in the quieter one.
    var spans: [Span] {
        let role: Role = self == .missing ? .muted : value.hasPrefix("~") ? .estimate : .metric
        let number = Span(value, role)
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
