import Reports
import Screen

/// A plot as lines of text: points and intervals as glyphs, lines as dots, labels where they cover nothing.
struct PlotText {
    private let plot: ReportPlot
    private let geometry: PlotGeometry
    private let columns: Int
    private let rows: Int
    /// Columns of the texts at the vertical axis.
    private let gutter: Int
    /// What stands on the canvas, by row and column; labels and letters were placed already.
    private var canvas: CellCanvas
    /// What found no room on the canvas.
    private var listed: [(letter: Character, mark: PlotGeometry.Mark)] = []

    private static let glyphs: [Character] = ["●", "■", "▲", "◆"]
    private static let letters = Array("abcdefghijklmnopqrstuvwxyz")
    /// Longer labels leave no room for others.
    private static let longestLabel = 28

    static func glyph(_ series: Int) -> Character { glyphs[series % glyphs.count] }

    /// - Parameters:
    ///   - columns: of all lines, at least 24.
    ///   - rows: between the axes, at least 4.
    init(_ plot: ReportPlot, columns: Int, rows: Int) {
        self.plot = plot
        self.columns = max(24, columns)
        self.rows = max(4, rows)
        geometry = PlotGeometry(
            plot, horizontalTicks: max(2, columns / 14), verticalTicks: max(2, min(8, self.rows / 3)))
        gutter = min(geometry.vertical.tickColumns, self.columns / 3)
        canvas = CellCanvas(columns: self.columns - gutter - 2, rows: self.rows)
        draw()
    }

    /// Title of the vertical axis, canvas, horizontal axis, legend, and what has no place above.
    var lines: [TypesetLine] {
        var lines = [TypesetLine(TextWidth.truncate(geometry.vertical.title.visibleOnOneLine, to: columns), .muted)]
        let ticks = Dictionary(
            geometry.vertical.ticks.map { (canvas.row(geometry.vertical.share($0)), geometry.vertical.tickText($0)) },
            uniquingKeysWith: { first, _ in first })
        for (row, line) in canvas.lines().enumerated() {
            let text = ticks[row].map { TextWidth.truncate($0, to: gutter) } ?? ""
            let head = text.paddedLeft(to: gutter) + (ticks[row] == nil ? " │" : " ┤")
            lines.append(TypesetLine([.init(head, .muted)] + line.runs))
        }
        return lines + horizontalAxis + legend + listedLabels + remarks
    }

    // MARK: Drawing

    private mutating func draw() {
        for (index, series) in plot.series.enumerated() {
            let path = geometry.path(of: index, style: series.style)
            for (start, end) in zip(path, path.dropFirst()) { canvas.line(from: start, to: end, .series(index)) }
        }
        let marks = geometry.marks.joined()
        var taken: [LabelPlacement.Box] = []
        for mark in marks {
            if let interval = mark.interval { taken += draw(interval, of: mark) }
        }
        for mark in marks where isDrawn(mark) {
            let (column, row) = (canvas.column(mark.x), canvas.row(mark.y))
            canvas.set(Self.glyph(mark.series), .series(mark.series), column: column, row: row)
            taken.append(.init(x: Double(column), y: Double(row), width: 1, height: 1))
        }
        placeLabels(taken)
    }

    /// Corners of lines are seen as they are, unless they say something of their own.
    private func isDrawn(_ mark: PlotGeometry.Mark) -> Bool {
        plot.series[mark.series].style == .points || mark.point.label != nil || mark.interval != nil
            || geometry.marks[mark.series].count == 1
    }

    private mutating func draw(_ interval: ClosedRange<Double>, of mark: PlotGeometry.Mark) -> [LabelPlacement.Box] {
        let column = canvas.column(mark.x)
        let (top, bottom) = (canvas.row(interval.upperBound), canvas.row(interval.lowerBound))
        for row in top...bottom {
            let glyph: Character = row == top ? "┬" : row == bottom ? "┴" : "│"
            canvas.set(top == bottom ? "─" : glyph, .series(mark.series), column: column, row: row)
        }
        return [.init(x: Double(column), y: Double(top), width: 1, height: Double(bottom - top + 1))]
    }

    private mutating func placeLabels(_ taken: [LabelPlacement.Box]) {
        let area = LabelPlacement.Box(x: 0, y: 0, width: Double(canvas.columns), height: Double(canvas.rows))
        var placement = LabelPlacement(area: area, taken: taken)
        for mark in geometry.marks.joined() {
            guard let label = mark.point.label?.visibleOnOneLine, !label.isEmpty else { continue }
            let text = TextWidth.truncate(label, to: min(Self.longestLabel, canvas.columns / 2))
            let (column, row) = (canvas.column(mark.x), canvas.row(mark.y))
            let width = TextWidth.columns(of: text)
            // A blank keeps the label apart from its mark and from what stands beside it.
            let places: [(column: Int, row: Int)] = [
                (column + 2, row), (column - 1 - width, row), (column + 1, row - 1), (column + 1, row + 1),
                (column - width, row - 1), (column - width, row + 1), (column - width / 2, row - 1),
                (column - width / 2, row + 1),
            ]
            let boxes = places.map {
                LabelPlacement.Box(x: Double($0.column), y: Double($0.row), width: Double(width), height: 1)
            }
            if let box = placement.place(boxes) {
                canvas.write(text, .text, column: Int(box.x), row: Int(box.y))
            } else if listed.count < Self.letters.count {
                let letter = Self.letters[listed.count]
                listed.append((letter, mark))
                canvas.set(letter, .series(mark.series), column: column, row: row)
            }
        }
    }

    // MARK: Around the canvas

    private var horizontalAxis: [TypesetLine] {
        let scale = geometry.horizontal
        var axis = Array(repeating: Character("─"), count: canvas.columns)
        var texts = CellCanvas(columns: columns, rows: 1)
        var free = 0
        for tick in scale.ticks {
            let column = canvas.column(scale.share(tick))
            axis[column] = "┬"
            let text = scale.tickText(tick)
            let width = TextWidth.columns(of: text)
            let start = min(max(0, gutter + 2 + column - width / 2), columns - width)
            guard start >= free else { continue }
            texts.write(text, .muted, column: start, row: 0)
            free = start + width + 2
        }
        let corner = String(repeating: " ", count: gutter) + " └"
        let title = TextWidth.truncate(scale.title.visibleOnOneLine, to: columns)
        return [TypesetLine(corner + String(axis), .muted)] + texts.lines()
            + [TypesetLine(title.paddedLeft(to: columns), .muted)]
    }

    /// A line for as many series as fit into it.
    private var legend: [TypesetLine] {
        guard plot.series.count > 1 || plot.series.first?.name.isEmpty == false else { return [] }
        var lines: [TypesetLine] = []
        var used = columns
        for (index, series) in plot.series.enumerated() {
            let name = TextWidth.truncate(series.name.visibleOnOneLine, to: columns - 4)
            let sign = series.style == .points ? String(Self.glyph(index)) : "──"
            let width = TextWidth.columns(of: name) + TextWidth.columns(of: sign) + 4
            if used + width > columns + 3 {
                lines.append(TypesetLine())
                used = 0
            }
            lines[lines.count - 1].runs += [.init(sign, .series(index)), .init(" \(name)   ", .text)]
            used += width
        }
        return lines
    }

    private var listedLabels: [TypesetLine] {
        listed.map { letter, mark in
            let place =
                AxisText.figure(mark.point.x, plot.horizontal.unit) + ", "
                + AxisText.figure(mark.point.y, plot.vertical.unit)
            let label = (mark.point.label ?? "").visibleOnOneLine
            return TypesetLine([
                .init(String(letter), .series(mark.series)),
                .init(" " + TextWidth.truncate("\(label) (\(place))", to: columns - 2), .text),
            ])
        }
    }

    private var remarks: [TypesetLine] {
        geometry.remark.map { Wrap.lines(of: $0, columns: columns).map { TypesetLine($0, .muted) } } ?? []
    }
}

extension String {
    /// With blanks in front, so that it ends where the column ends.
    func paddedLeft(to columns: Int) -> String {
        String(repeating: " ", count: max(0, columns - TextWidth.columns(of: self))) + self
    }

    func padded(to columns: Int) -> String {
        self + String(repeating: " ", count: max(0, columns - TextWidth.columns(of: self)))
    }
}
