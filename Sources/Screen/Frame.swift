/// What the screen shows at one moment: a grid of cells and where the cursor stands.
///
/// Every wide glyph is followed by its ``Cell/continuation``, and no continuation stands alone: writing over one half
/// of a wide glyph blanks the other.
public struct Frame: Sendable, Equatable {
    public let size: Size
    /// Where the terminal's cursor stands; nil hides it.
    public var cursor: Point?
    private var cells: [Cell]

    /// An empty screen.
    public init(size: Size) {
        self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
        cells = Array(repeating: .blank, count: self.size.columns * self.size.rows)
    }

    /// One cell. Out of range it reads as blank, and writing is ignored. A wide glyph takes the next column too; where
    /// there is none, a blank is written instead. Writing a continuation changes nothing but the role.
    public subscript(column column: Int, row row: Int) -> Cell {
        get {
            contains(column, row) ? cells[row * size.columns + column] : .blank
        }
        set {
            if newValue.glyph == Cell.continuation {
                guard contains(column, row) else { return }
                cells[row * size.columns + column].role = newValue.role
                return
            }
            let glyph = Glyph.first(of: newValue.glyph)
            place(Cell(glyph.character, newValue.role), columns: glyph.columns, column, row)
        }
    }

    /// The cells of one row, from left to right; empty out of range.
    public func cells(row: Int) -> ArraySlice<Cell> {
        guard row >= 0, row < size.rows else { return [] }
        return cells[row * size.columns..<(row + 1) * size.columns]
    }

    /// Writes a text on one row, clipped at both edges and at a number of columns.
    ///
    /// Wide glyphs are never split. Control characters become visible glyphs in the role ``Role/control``; views that
    /// want line breaks wrap first.
    /// - Returns: the columns used, those left of the screen among them.
    @discardableResult
    public mutating func write(
        _ text: String, at point: Point, role: Role, columns limit: Int = .max
    ) -> Int {
        var used = 0
        let available = min(limit, size.columns &- point.column)
        for character in text {
            if used >= available { break }
            let width = TextWidth.columns(of: character)
            if used + width > available {
                // A cluster that spans several cells may show its first ones, a wide glyph may not.
                guard width > 2 else { break }
            }
            if let ascii = character.asciiValue, ascii >= 0x20, ascii < 0x7F {
                place(Cell(character, role), columns: 1, point.column + used, point.row)
                used += 1
                continue
            }
            Glyph.forEach(in: character) { glyph in
                guard used + glyph.columns <= available else { return }
                let cell = Cell(glyph.character, glyph.isReplacement ? .control : role)
                place(cell, columns: glyph.columns, point.column + used, point.row)
                used += glyph.columns
            }
        }
        return used
    }

    /// Fills a rectangle, clipped to the screen, with one cell. A wide glyph is repeated as often as it fits.
    public mutating func fill(_ rect: Rect, with cell: Cell) {
        let inside = rect.intersection(Rect(size))
        let glyph = cell.glyph == Cell.continuation ? Glyph.first(of: " ") : Glyph.first(of: cell.glyph)
        for row in inside.rows {
            var column = inside.minColumn
            while column + glyph.columns <= inside.maxColumn {
                place(Cell(glyph.character, cell.role), columns: glyph.columns, column, row)
                column += glyph.columns
            }
            if column < inside.maxColumn { place(Cell(" ", cell.role), columns: 1, column, row) }
        }
    }

    /// Draws a frame along the inner edge of a rectangle, with a title in the upper edge.
    public mutating func border(_ rect: Rect, role: Role, title: String = "") {
        guard rect.size.columns >= 2, rect.size.rows >= 2 else { return }
        let right = rect.maxColumn - 1
        let bottom = rect.maxRow - 1
        for column in rect.minColumn + 1..<right {
            self[column: column, row: rect.minRow] = Cell("─", role)
            self[column: column, row: bottom] = Cell("─", role)
        }
        for row in rect.minRow + 1..<bottom {
            self[column: rect.minColumn, row: row] = Cell("│", role)
            self[column: right, row: row] = Cell("│", role)
        }
        self[column: rect.minColumn, row: rect.minRow] = Cell("┌", role)
        self[column: right, row: rect.minRow] = Cell("┐", role)
        self[column: rect.minColumn, row: bottom] = Cell("└", role)
        self[column: right, row: bottom] = Cell("┘", role)
        let room = rect.size.columns - 6
        if !title.isEmpty, room > 0 {
            let label = " " + TextWidth.truncate(title, to: room) + " "
            write(label, at: Point(column: rect.minColumn + 2, row: rect.minRow), role: role, columns: room + 2)
        }
    }

    /// The rows as text, joined by line feeds, without trailing blanks.
    public func text() -> String {
        (0..<size.rows).map { row in
            var line = String(cells(row: row).lazy.map(\.glyph).filter { $0 != Cell.continuation })
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    private func contains(_ column: Int, _ row: Int) -> Bool {
        column >= 0 && row >= 0 && column < size.columns && row < size.rows
    }

    /// Puts a glyph of known width on the grid and blanks the other halves of wide glyphs that it cuts.
    private mutating func place(_ cell: Cell, columns: Int, _ column: Int, _ row: Int) {
        guard row >= 0, row < size.rows, column < size.columns, column + columns > 0 else { return }
        let start = row * size.columns
        guard column >= 0, column + columns <= size.columns else {
            // Half of the glyph is off the screen; the visible half is blank.
            return place(Cell(" ", cell.role), columns: 1, max(0, column), row)
        }
        let index = start + column
        if cells[index].glyph == Cell.continuation, column > 0 { cells[index - 1].glyph = " " }
        let next = column + columns
        if next < size.columns, cells[start + next].glyph == Cell.continuation { cells[start + next].glyph = " " }
        cells[index] = cell
        if columns == 2 { cells[index + 1] = Cell(Cell.continuation, cell.role) }
    }
}
