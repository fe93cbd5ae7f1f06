import Reports

extension TaskReport {
    /// For terminals.
    var terminalText: String {
        var text = title + "\n"
        for block in blocks {
            switch block {
            case .heading(let line), .text(let line), .verdict(let line): text += "\n\(line)\n"
            case .table(let rows):
                if let caption = rows.caption { text += "\n\(caption)\n" }
                var table = TextTable()
                table.add(rows.columns.map(\.title))
                for row in rows.rows { table.add(row) }
                text += "\n" + table.text
            case .plot(let plot): text += "\n\(plot.caption)\n"
            }
        }
        return text
    }
}
