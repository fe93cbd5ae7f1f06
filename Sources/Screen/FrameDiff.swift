/// What changed between two frames.
public enum FrameDiff {
    /// Neighbouring cells of one row that are to be drawn anew. Never begins or ends inside a wide glyph.
    public struct Run: Sendable, Equatable {
        public var origin: Point
        public var cells: [Cell]

        public init(origin: Point, cells: [Cell]) {
            self.origin = origin
            self.cells = cells
        }
    }

    /// The runs that turn one frame into the other, from top left to bottom right. All rows where there is no frame
    /// before, or one of another size.
    public static func changes(from old: Frame?, to new: Frame) -> [Run] {
        guard let old, old.size == new.size else {
            return (0..<new.size.rows).map { row in
                Run(origin: Point(column: 0, row: row), cells: Array(new.cells(row: row)))
            }
        }
        return (0..<new.size.rows).flatMap { row in changes(old.cells(row: row), new.cells(row: row), row: row) }
    }

    private static func changes(_ old: ArraySlice<Cell>, _ new: ArraySlice<Cell>, row: Int) -> [Run] {
        guard old != new else { return [] }
        let before = Array(old)
        let after = Array(new)
        var runs: [Run] = []
        var column = 0
        while column < after.count {
            guard before[column] != after[column] else {
                column += 1
                continue
            }
            var start = column
            if after[start].glyph == Cell.continuation, start > 0 { start -= 1 }
            var end = column
            while end < after.count, before[end] != after[end] || after[end].glyph == Cell.continuation { end += 1 }
            runs.append(Run(origin: Point(column: start, row: row), cells: Array(after[start..<end])))
            column = end
        }
        return runs
    }
}
