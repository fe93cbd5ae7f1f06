/// Rules for dividing a rectangle.
public enum Layout {
    /// How much of a side one part takes.
    public enum Length: Sendable, Equatable {
        /// A number of cells, less where they run out.
        case fixed(Int)
        /// A share of what the fixed parts leave, by weight.
        case share(Int = 1)
    }

    /// The lengths of the parts, which fill the total as far as shares allow and never exceed it. Cells that don't
    /// divide evenly go to the first shares.
    public static func divide(_ total: Int, into lengths: [Length]) -> [Int] {
        var left = max(0, total)
        var parts = lengths.map { length -> Int in
            guard case .fixed(let wanted) = length else { return 0 }
            let taken = min(max(0, wanted), left)
            left -= taken
            return taken
        }
        let weights = lengths.map { length -> Int in
            if case .share(let weight) = length { max(0, weight) } else { 0 }
        }
        let sum = weights.reduce(0, +)
        guard sum > 0 else { return parts }
        var rest = left
        for index in lengths.indices where weights[index] > 0 {
            parts[index] = left * weights[index] / sum
            rest -= parts[index]
        }
        for index in lengths.indices where weights[index] > 0 && rest > 0 {
            parts[index] += 1
            rest -= 1
        }
        return parts
    }
}

extension Rect {
    public init(_ size: Size) {
        self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
    }

    public var minColumn: Int { origin.column }
    /// The first column to the right of the rectangle.
    public var maxColumn: Int { origin.column + size.columns }
    public var minRow: Int { origin.row }
    /// The first row below the rectangle.
    public var maxRow: Int { origin.row + size.rows }
    public var columns: Range<Int> { minColumn..<maxColumn }
    public var rows: Range<Int> { minRow..<maxRow }
    public var isEmpty: Bool { size.columns == 0 || size.rows == 0 }

    public func contains(_ point: Point) -> Bool {
        columns.contains(point.column) && rows.contains(point.row)
    }

    /// What both rectangles cover.
    public func intersection(_ other: Rect) -> Rect {
        let column = max(minColumn, other.minColumn)
        let row = max(minRow, other.minRow)
        return Rect(
            column: column, row: row,
            columns: min(maxColumn, other.maxColumn) - column, rows: min(maxRow, other.maxRow) - row)
    }

    /// The rectangle without a margin on all four sides, such as the inside of a border.
    public func inset(by margin: Int) -> Rect {
        inset(columns: margin, rows: margin)
    }

    /// The rectangle without a margin left and right, and another above and below.
    public func inset(columns: Int, rows: Int) -> Rect {
        Rect(
            column: minColumn + min(columns, size.columns / 2), row: minRow + min(rows, size.rows / 2),
            columns: size.columns - 2 * columns, rows: size.rows - 2 * rows)
    }

    /// Parts beside each other, from left to right.
    public func split(columns lengths: [Layout.Length]) -> [Rect] {
        var column = minColumn
        return Layout.divide(size.columns, into: lengths).map { part in
            defer { column += part }
            return Rect(column: column, row: minRow, columns: part, rows: size.rows)
        }
    }

    /// Parts below each other, from top to bottom.
    public func split(rows lengths: [Layout.Length]) -> [Rect] {
        var row = minRow
        return Layout.divide(size.rows, into: lengths).map { part in
            defer { row += part }
            return Rect(column: minColumn, row: row, columns: size.columns, rows: part)
        }
    }

    /// The upper rows, and what is below them.
    public func split(top rows: Int) -> (top: Rect, rest: Rect) {
        let parts = split(rows: [.fixed(rows), .share()])
        return (parts[0], parts[1])
    }

    /// The lower rows, and what is above them.
    public func split(bottom rows: Int) -> (rest: Rect, bottom: Rect) {
        let (rest, bottom) = split(top: size.rows - max(0, rows))
        return (rest, bottom)
    }

    /// A rectangle of a size, or as much of it as fits, in the middle of this one.
    public func centered(_ wanted: Size) -> Rect {
        let columns = min(max(0, wanted.columns), size.columns)
        let rows = min(max(0, wanted.rows), size.rows)
        return Rect(
            column: minColumn + (size.columns - columns) / 2, row: minRow + (size.rows - rows) / 2,
            columns: columns, rows: rows)
    }
}
