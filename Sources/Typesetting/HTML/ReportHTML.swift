import Reports

/// A report as one HTML page that needs nothing else.
public struct ReportHTML {
    private let report: TaskReport

    public init(_ report: TaskReport) { self.report = report }

    /// The page. All texts are escaped.
    public var text: String {
        var body = "<header>\n<h1><bdi>\(HTMLText.escape(report.title))</bdi></h1>\n</header>\n<main>\n"
        var isInSection = false
        for block in report.blocks {
            if case .heading(let text) = block {
                if isInSection { body += "</section>\n" }
                body += "<section>\n<h2>\(HTMLText.escape(text))</h2>\n"
                isInSection = true
            } else {
                body += Self.element(of: block)
            }
        }
        body += (isInSection ? "</section>\n" : "") + "</main>"
        return HTMLPage.text(title: report.title, body: body)
    }

    private static func element(of block: TaskReport.Block) -> String {
        switch block {
        case .heading: ""
        case .text(let text): "<p dir=\"auto\" class=\"prose\">\(HTMLText.escape(text))</p>\n"
        case .verdict(let text): "<p dir=\"auto\" class=\"verdict standout\">\(HTMLText.escape(text))</p>\n"
        case .table(let table): Self.table(table)
        case .plot(let plot):
            """
            <figure class="plot">
            <figcaption>\(HTMLText.escape(plot.caption))</figcaption>
            \(PlotSVG(plot).element)<details><summary>Figures</summary>
            \(Self.table(PlotFigures(plot).table))</details>
            </figure>

            """
        }
    }

    private static func table(_ table: ReportTable) -> String {
        let caption = table.caption.map { "<caption>\(HTMLText.escape($0))</caption>\n" } ?? ""
        let heads = table.columns.map { column in
            "<th scope=\"col\"\(Self.wordClass(column))>\(HTMLText.escape(column.title))</th>"
        }
        let rows = table.rows.enumerated().map { index, row in
            let cells = zip(table.columns, row).map { column, cell in
                "<td\(Self.wordClass(column)) dir=\"auto\">\(HTMLText.escape(cell))</td>"
            }
            return "<tr\(table.marked.contains(index) ? " class=\"marked\"" : "")>\(cells.joined())</tr>"
        }
        return """
            <div class="scroll"><table class="report">
            \(caption)<thead><tr>\(heads.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table></div>

            """
    }

    /// Words stand to the left.
    private static func wordClass(_ column: ReportTable.Column) -> String {
        column.holdsFigures ? "" : " class=\"words\""
    }
}
