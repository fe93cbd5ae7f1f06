import Chat
import Typesetting

/// A prompt, the answers to it side by side, their figures and charts.
struct HTMLTurn {
    private let turn: SessionReport.Turn
    private let number: Int

    init(_ turn: SessionReport.Turn, number: Int) {
        self.turn = turn
        self.number = number
    }

    var text: String {
        let remark = turn.remark.map { "<p class=\"remark\">\(HTMLText.escape($0))</p>\n" } ?? ""
        return """
            <section>
            <h2>Prompt \(number)</h2>
            \(remark)<blockquote class="prompt" dir="auto">\(HTMLText.escape(turn.submission.prompt))</blockquote>
            <div class="panes">
            \(turn.columns.map(answer).joined(separator: "\n"))
            </div>
            \(verdict)\(table)
            \(charts)</section>

            """
    }

    private func answer(_ column: SessionReport.Column) -> String {
        guard let run = column.runs.first else { return "" }
        let notes = run.remarks.map { "<p class=\"remark\" dir=\"auto\">\(HTMLText.escape($0))</p>" }
        return """
            <article class="\(HTMLStyle.paneClass(column.index))">
            <h3><bdi>\(HTMLText.escape(column.pane.title))</bdi></h3>
            \(thoughts(run))<div class="answer" dir="auto">\(HTMLText.escape(run.answer))</div>
            \(notes.joined(separator: "\n"))
            <details open><summary>Parameters</summary>
            \(HTMLFacts.list(PaneFacts(run.start)))
            </details>
            </article>
            """
    }

    /// What the model thought, closed.
    private func thoughts(_ run: RecordedRun) -> String {
        guard run.thoughts.contains(where: { !$0.isWhitespace }) else { return "" }
        return """
            <details><summary>Thoughts</summary>
            <div class="answer" dir="auto">\(HTMLText.escape(run.thoughts))</div>
            </details>

            """
    }

    private var verdict: String {
        turn.verdict.map { "<p class=\"verdict\">\(HTMLText.escape($0))</p>\n" } ?? ""
    }

    private var table: String {
        let heads = turn.columns.map { column in
            let title = HTMLText.escape(column.pane.title)
            return "<th scope=\"col\" class=\"\(HTMLStyle.paneClass(column.index))\"><bdi>\(title)</bdi></th>"
        }
        let rows = FigureRow.rows(of: turn).map { row in
            let cells = turn.columns.map { "<td>\(HTMLText.escape(row.cell($0)))</td>" }
            return "<tr><th scope=\"row\">\(row.label)</th>\(cells.joined())</tr>"
        }
        return """
            <div class="scroll"><table>
            <caption>Figures of prompt \(number)</caption>
            <thead><tr><td></td>\(heads.joined())</tr></thead>
            <tbody>
            \(rows.joined(separator: "\n"))
            </tbody>
            </table></div>
            """
    }

    /// One row of charts for each kind that has anything to show; within a row all panes have the same scale.
    private var charts: String {
        let metrics = turn.columns.compactMap { column in column.metrics.first.map { (column, $0) } }
        let latency = LatencyScale(metrics.map(\.1))
        let memory = MemoryScale(metrics.map(\.1))
        var text = ""
        func row(_ heading: String, _ chart: (SessionReport.Column, Metrics) -> Chart?) {
            let figures = metrics.compactMap { column, metrics in
                chart(column, metrics).map { figure($0, column) }
            }
            guard !figures.isEmpty else { return }
            text += "<h4>\(heading)</h4>\n<div class=\"panes\">\n\(figures.joined(separator: "\n"))\n</div>\n"
        }
        let longest = metrics.compactMap { $0.1.request?.phases.last.map { $0.from + $0.duration } }.max() ?? .zero
        row("The way of the request") { Chart(requestOf: $1, longest: longest) }
        let units = metrics.contains { $0.1.gapsAreBetweenChunks } ? "tokens, or chunks of tokens" : "tokens"
        row("Time between \(units)") { Chart(latencyOf: $1, scale: latency) }
        row("How the times between \(units) are distributed") { Chart(histogramOf: $1, scale: latency) }
        row("Memory over time") { Chart(memoryOf: $1, scale: memory) }
        return text
    }

    private func figure(_ chart: Chart, _ column: SessionReport.Column) -> String {
        let title = HTMLText.escape(column.pane.title)
        return """
            <figure class="\(HTMLStyle.paneClass(column.index))">
            <figcaption><bdi>\(title)</bdi>: \(HTMLText.escape(chart.caption))</figcaption>
            \(chart.svg(label: column.pane.title))
            </figure>
            """
    }
}
