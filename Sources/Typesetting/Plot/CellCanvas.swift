import Screen

/// A grid of cells on which lines are drawn with dots, eight to a cell (Unicode's braille patterns), and marks above them.
struct CellCanvas {
    let columns: Int
    let rows: Int
    private var glyphs: [Character?]
    private var roles: [Role]
    private var dots: [UInt8]

    /// Which bit of a braille pattern stands at a column and a row within the cell.
    private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        glyphs = Array(repeating: nil, count: columns * rows)
        roles = Array(repeating: .text, count: columns * rows)
        dots = Array(repeating: 0, count: columns * rows)
    }

    /// The cell of a share of the width, and of a share of the height from below.
    func column(_ share: Double) -> Int { Self.cell(share, of: columns) }
    func row(_ share: Double) -> Int { rows - 1 - Self.cell(share, of: rows) }

    mutating func set(_ glyph: Character, _ role: Role, column: Int, row: Int) {
        guard (0..<columns).contains(column), (0..<rows).contains(row) else { return }
        glyphs[row * columns + column] = glyph
        roles[row * columns + column] = role
    }

    /// Writes a text whose characters may be two columns wide.
    mutating func write(_ text: String, _ role: Role, column: Int, row: Int) {
        var column = column
        for character in text {
            let width = TextWidth.columns(of: character)
            guard width > 0 else { continue }
            set(character, role, column: column, row: row)
            for extra in 1..<max(1, width) { set(Cell.continuation, role, column: column + extra, row: row) }
            column += width
        }
    }

    /// Draws a straight line between two places, given as shares.
    mutating func line(from start: (x: Double, y: Double), to end: (x: Double, y: Double), _ role: Role) {
        let (x0, y0) = (Self.cell(start.x, of: columns * 2), Self.cell(start.y, of: rows * 4))
        let (x1, y1) = (Self.cell(end.x, of: columns * 2), Self.cell(end.y, of: rows * 4))
        let steps = max(abs(x1 - x0), abs(y1 - y0), 1)
        for step in 0...steps {
            dot(x0 + rounded((x1 - x0) * step, steps), y0 + rounded((y1 - y0) * step, steps), role)
        }
    }

    func lines() -> [TypesetLine] {
        (0..<rows).map { row in
            var runs: [TypesetLine.Run] = []
            for column in 0..<columns {
                let index = row * columns + column
                let glyph = glyphs[index] ?? (dots[index] == 0 ? " " : Self.braille(dots[index]))
                if glyph == Cell.continuation { continue }
                if runs.last?.role == roles[index] {
                    runs[runs.count - 1].text.append(glyph)
                } else {
                    runs.append(.init(String(glyph), roles[index]))
                }
            }
            return TypesetLine(runs)
        }
    }

    private mutating func dot(_ x: Int, _ y: Int, _ role: Role) {
        let row = rows - 1 - y / 4
        let index = row * columns + x / 2
        dots[index] |= Self.bits[3 - y % 4][x % 2]
        roles[index] = role
    }

    private func rounded(_ value: Int, _ divisor: Int) -> Int {
        Int((Double(value) / Double(divisor)).rounded())
    }

    private static func cell(_ share: Double, of count: Int) -> Int {
        min(count - 1, max(0, Int((share * Double(count - 1)).rounded())))
    }

    private static func braille(_ bits: UInt8) -> Character {
        Unicode.Scalar(0x2800 + UInt32(bits)).map { Character($0) } ?? "."
    }
}
