import Screen

/// Rows of cells, printed so that columns line up.
struct TextTable {
    enum Alignment { case left, right }

    private(set) var rows: [[String]] = []
    /// Of all columns but the first, which is always aligned to the left; figures stand to the right.
    private let alignment: Alignment

    init(_ alignment: Alignment = .right) {
        self.alignment = alignment
    }

    mutating func add(_ cells: String...) {
        rows.append(cells)
    }

    mutating func add(_ cells: [String]) {
        rows.append(cells)
    }

    /// The rows with two spaces between columns and no spaces at the ends of lines; each line ends in a line break.
    var text: String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? TextWidth.columns(of: $0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            let line = row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - TextWidth.columns(of: cell))
                return column == 0 || alignment == .left ? cell + padding : padding + cell
            }
            .joined(separator: "  ")
            return String(line.reversed().drop(while: { $0 == " " }).reversed()) + "\n"
        }
        .joined()
    }
}
