import Screen

extension Frame {
    /// Replaces whatever isn't ASCII: lines and bars by what resembles them, other text by question marks.
    mutating func replaceWithASCII() {
        for row in 0..<size.rows {
            for (column, cell) in cells(row: row).enumerated() where !cell.glyph.isASCII {
                // The right half of a wide glyph has become a blank when its left half was replaced.
                guard cell.glyph != Cell.continuation else { continue }
                self[column: column, row: row] = Cell(ASCIIText.substitute(for: cell.glyph), cell.role)
            }
        }
    }
}
