import Screen

/// Panes in an area: beside each other where they are wide enough, otherwise in rows; as many as can be read.
struct PaneGrid: Equatable {
    /// Below this many columns a pane has no room beside another one.
    private static let narrowest = 30
    /// Below this many rows a pane has no room above another one.
    private static let lowest = 4

    private let area: Rect
    private let perRow: Int
    private let rows: Int

    init(_ area: Rect, count: Int) {
        self.area = area
        let count = max(1, count)
        let most = max(1, min(count, area.size.columns / Self.narrowest))
        let wanted = (count + most - 1) / most
        rows = min(wanted, max(1, area.size.rows / Self.lowest))
        perRow = (count + wanted - 1) / wanted
    }

    /// Those of the panes that there is room for, the one to be seen among them.
    func window(of panes: [Int], around anchor: Int?) -> [Int] {
        let room = perRow * rows
        guard panes.count > room else { return panes }
        let index = anchor.flatMap { panes.firstIndex(of: $0) } ?? 0
        let first = min(max(0, index - room / 2), panes.count - room)
        return Array(panes[first..<first + room])
    }

    /// The places of so many panes, in reading order. The last row's panes share its width.
    func rects(count: Int) -> [Rect] {
        guard count > 0 else { return [] }
        let rows = (count + perRow - 1) / perRow
        let lines = area.split(rows: Array(repeating: .share(), count: rows))
        return lines.enumerated().flatMap { row, line in
            let inRow = min(perRow, count - row * perRow)
            return line.split(columns: Array(repeating: .share(), count: inRow))
        }
    }
}
