import Screen

extension BlockLayout {
    private enum Alignment { case left, center, right }

    /// Rows of cells under each other if they fit, or the lines as they are written.
    mutating func addTable() {
        let lines = sourceLines().map { $0.pastBlanks(in: bytes) }
        guard prefix.unplaced.isEmpty, lines.count >= 2, lines[1].isDelimiterRow(in: bytes) else {
            return addAsWritten(lines)
        }
        let alignments = cells(of: lines[1]).map(alignment)
        var rows: [[LineUnits]] = []
        for (index, line) in lines.enumerated() where index != 1 {
            rows.append(cells(of: line).map { units(of: $0, role: index == 0 ? .strong : .answer) })
        }
        var widths = [Int](repeating: 1, count: alignments.count)
        for row in rows {
            for (column, cell) in row.enumerated() {
                if column == widths.count { widths.append(1) }
                widths[column] = max(widths[column], cell.columns)
            }
            guard widths.reduce(-3, { $0 + $1 + 3 }) <= room else { return addAsWritten(lines) }
        }
        for (index, row) in rows.enumerated() {
            addRow(row, widths: widths, alignments: alignments)
            if index == 0 {
                let line = widths.map { String(repeating: "─", count: $0) }.joined(separator: "─┼─")
                add([ShownRun(text: line, role: .gutter, source: nil)])
            }
        }
    }

    private mutating func addAsWritten(_ lines: [LineCursor]) {
        for cursor in lines {
            var line = startOfLine()
            line.add(cursor.position..<cursor.textEnd(in: bytes), role: .answer, in: bytes)
            add(line)
        }
    }

    private mutating func addRow(_ row: [LineUnits], widths: [Int], alignments: [Alignment]) {
        var runs: [ShownRun] = []
        for (column, width) in widths.enumerated() {
            if column > 0 { runs.append(ShownRun(text: " │ ", role: .gutter, source: nil)) }
            let cell = column < row.count ? row[column] : LineUnits()
            let space = width - cell.columns
            let left: Int
            switch column < alignments.count ? alignments[column] : .left {
            case .left: left = 0
            case .center: left = space / 2
            case .right: left = space
            }
            Self.pad(&runs, by: left)
            runs += cell.runs(cell.units.indices, in: bytes)
            if column < widths.count - 1 { Self.pad(&runs, by: space - left) }
        }
        add(runs)
    }

    private static func pad(_ runs: inout [ShownRun], by columns: Int) {
        guard columns > 0 else { return }
        runs.append(ShownRun(text: String(repeating: " ", count: columns), role: .answer, source: nil))
    }

    private func units(of cell: Range<Int>, role: Role) -> LineUnits {
        var units = LineUnits()
        for pieces in InlineParser.pieces(of: [cell], in: bytes, base: role) { units.add(pieces, in: bytes) }
        return units
    }

    /// What stands between the bars of a row. A bar behind a backslash is text.
    private func cells(of row: LineCursor) -> [Range<Int>] {
        let end = row.textEnd(in: bytes)
        var cells: [Range<Int>] = []
        var position = row.position
        if position < end, bytes[position] == UInt8(ascii: "|") { position += 1 }
        var start = position
        while position < end {
            if bytes[position] == UInt8(ascii: "|") {
                cells.append(trimmed(start..<position))
                start = position + 1
            } else if bytes[position] == UInt8(ascii: "\\"), position + 1 < end {
                position += 1
            }
            position += 1
        }
        if start < end { cells.append(trimmed(start..<end)) }
        return cells
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var range = range
        while let first = range.first, bytes[first] == 0x20 || bytes[first] == 0x09 { range.removeFirst() }
        while let last = range.last, bytes[last] == 0x20 || bytes[last] == 0x09 { range.removeLast() }
        return range
    }

    private func alignment(_ cell: Range<Int>) -> Alignment {
        guard let first = cell.first, let last = cell.last, bytes[last] == UInt8(ascii: ":") else { return .left }
        return bytes[first] == UInt8(ascii: ":") && cell.count > 1 ? .center : .right
    }
}
