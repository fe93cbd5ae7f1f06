import Chat
import Typesetting

/// A session as a Markdown document (CommonMark, with the tables that most readers know).
public struct MarkdownExport: Sendable {
    private let session: RecordedSession

    public init(_ session: RecordedSession) {
        self.session = session
    }

    /// The document. What users and models wrote stands in fences or is escaped, so that it can't become markup.
    public var text: String {
        let report = SessionReport(session)
        var parts = [
            "# Session of \(report.started)",
            MarkdownText.escape("Recorded by \(session.header.program) \(session.header.version). " + report.machine),
        ]
        parts += report.remarksOnTheFile.map { "> \($0)" }
        parts += session.panes.map(Self.model)
        for (index, turn) in report.turns.enumerated() { parts.append(Self.section(turn, number: index + 1)) }
        if !session.votes.isEmpty { parts.append("## Votes\n\n" + list(session.votes.map(vote))) }
        if !session.remarks.isEmpty {
            parts.append("## Remarks\n\n" + list(session.remarks.map { MarkdownText.escape($0.text) }))
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private static func model(_ pane: RecordedPane) -> String {
        let facts = PaneFacts(pane).rows.map { "- \($0.name): \(MarkdownText.escape($0.value))" }
        return "## \(MarkdownText.escape(pane.title))\n\n" + facts.joined(separator: "\n")
    }

    private static func section(_ turn: SessionReport.Turn, number: Int) -> String {
        var parts = ["## Prompt \(number)"]
        if let remark = turn.remark { parts.append("*\(remark)*") }
        parts.append(MarkdownText.fence(turn.submission.prompt))
        for column in turn.columns {
            guard let run = column.runs.first else { continue }
            parts.append("### \(MarkdownText.escape(column.pane.title))")
            if run.thoughts.contains(where: { !$0.isWhitespace }) {
                parts += ["<details><summary>Thoughts</summary>", MarkdownText.fence(run.thoughts), "</details>"]
            }
            parts.append(MarkdownText.fence(run.answer))
            parts.append(run.remarks.map { "- \(MarkdownText.escape($0))" }.joined(separator: "\n"))
            let parameters = PaneFacts(run.start).rows.map { "\($0.name) \(MarkdownText.escape($0.value))" }
            parts.append(parameters.joined(separator: ", "))
        }
        if let verdict = turn.verdict { parts.append("**\(MarkdownText.escape(verdict))**") }
        parts.append(table(turn))
        return parts.joined(separator: "\n\n")
    }

    private static func table(_ turn: SessionReport.Turn) -> String {
        func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        var lines = [row([""] + turn.columns.map { MarkdownText.escape($0.pane.title) })]
        lines.append(row(["---"] + turn.columns.map { _ in "---:" }))
        for figure in FigureRow.rows(of: turn) { lines.append(row([figure.label] + turn.columns.map(figure.cell))) }
        return lines.joined(separator: "\n")
    }

    private func vote(_ vote: Vote) -> String {
        let outcome = vote.outcome.text { session.title(ofPane: $0, at: vote.at) }
        return MarkdownText.escape("\(vote.prompt): \(outcome)")
    }

    private func list(_ items: [String]) -> String { items.map { "- \($0)" }.joined(separator: "\n") }
}
