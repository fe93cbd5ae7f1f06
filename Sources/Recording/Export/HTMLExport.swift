import Chat
import Typesetting

/// A session as one HTML page that needs nothing else: no scripts, no other files; light or dark as the reader prefers,
/// and fit to be printed.
public struct HTMLExport: Sendable {
    private let session: RecordedSession

    public init(_ session: RecordedSession) {
        self.session = session
    }

    /// The page. What users and models wrote is escaped.
    public var text: String {
        let report = SessionReport(session)
        let names = report.modelNames.joined(separator: " and ")
        let title = names.isEmpty ? "A session" : names
        var body = """
            <header>
            <p class="eyebrow">\(HTMLText.escape("\(session.header.program) \(session.header.version)"))</p>
            <h1><bdi>\(HTMLText.escape(title))</bdi></h1>
            <p>Recorded \(HTMLText.escape(report.started)) on \(HTMLText.escape(report.machine)).</p>

            """
        for remark in report.remarksOnTheFile { body += "<p class=\"warning\">\(HTMLText.escape(remark))</p>\n" }
        body += "</header>\n<main>\n"
        for (index, turn) in report.turns.enumerated() { body += HTMLTurn(turn, number: index + 1).text }
        body += votes + remarks + models
        body += "</main>\n<footer>\n\(Self.definitions)\n</footer>"
        return HTMLPage.text(title: "\(title), \(report.started)", body: body)
    }

    private var votes: String {
        let items = session.votes.map { vote in
            let outcome = vote.outcome.text { session.title(ofPane: $0, at: vote.at) }
            return "<li><bdi>\(HTMLText.escape(vote.prompt))</bdi>: <bdi>\(HTMLText.escape(outcome))</bdi></li>"
        }
        return Self.section("Votes, given blind", items)
    }

    private var remarks: String {
        Self.section("Remarks", session.remarks.map { "<li><bdi>\(HTMLText.escape($0.text))</bdi></li>" })
    }

    private static func section(_ title: String, _ items: [String]) -> String {
        guard !items.isEmpty else { return "" }
        return "<section>\n<h2>\(title)</h2>\n<ul>\n\(items.joined(separator: "\n"))\n</ul>\n</section>\n"
    }

    private var models: String {
        guard !session.panes.isEmpty else { return "" }
        let cards = session.panes.enumerated().map { index, pane in
            """
            <article class="\(HTMLStyle.paneClass(index))">
            <h3><bdi>\(HTMLText.escape(pane.title))</bdi></h3>
            \(HTMLFacts.list(PaneFacts(pane)))
            </article>
            """
        }
        return """
            <section>
            <h2>Models</h2>
            <div class="panes">
            \(cards.joined(separator: "\n"))
            </div>
            </section>

            """
    }

    private static let definitions = """
        <h2>What the figures say</h2>
        <p>All times are by one clock, on the machine that recorded, which starts before the prompt is rendered. \
        <b>TTFT</b>: until the first token. <b>TPOT</b>: from the first token to the end, for each token after the first. \
        <b>TTFO</b>: until the first token of the answer, behind what the model thought before it. \
        <b>ITL</b>: the gaps between tokens; p50, p95 and p99 are gaps that really happened (nearest rank), and a stall is \
        longer than four medians. <b>Decode</b>: tokens after the first, for each second between the first and the last. \
        <b>Prefill</b>: prompt tokens that had to be computed, for each second until the first token. \
        <b>Chunks</b>: text of a server that doesn't say which tokens it is; gaps between chunks are no ITL. Figures by \
        <b>the server's clock</b> are its own word. \
        <b>Cost</b>: at the price that the configuration stated; ~ stands before estimates. \
        <b>Memory</b>: resident weights, repacked weights, KV cache and working space.</p>
        """
}

/// Names and values as a list.
enum HTMLFacts {
    static func list(_ facts: PaneFacts) -> String {
        let rows = facts.rows.map { name, value in
            "<div><dt>\(HTMLText.escape(name))</dt><dd dir=\"auto\">\(HTMLText.escape(value))</dd></div>"
        }
        return "<dl>\n\(rows.joined(separator: "\n"))\n</dl>"
    }
}
