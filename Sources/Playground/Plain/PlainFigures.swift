import Chat
import Screen

/// The figures of the latest answers beside each other, a column for each model.
struct PlainFigures {
    /// Empty where no model has figures.
    let lines: [String]

    init(_ state: State) {
        let panes = state.panes.indices.compactMap { index in
            state.panes[index].latestMetrics.map { (state.label(index), $0) }
        }
        guard !panes.isEmpty else {
            lines = []
            return
        }
        let metrics = panes.map(\.1)
        var table = [[""] + panes.map(\.0)]
        func row(_ name: String, _ figure: (Metrics) -> Figure) {
            table.append([name] + metrics.map { figure($0).text })
        }
        /// A row that only some models have a figure for.
        func rareRow(_ name: String, _ figure: (Metrics) -> Figure) {
            if metrics.contains(where: { figure($0) != .missing }) { row(name, figure) }
        }
        row("first token (TTFT)") { Figures.duration($0.timeToFirstToken) }
        rareRow("first of the answer (TTFO)") { Figures.duration($0.firstOutputAfterThoughts) }
        for (name, steps) in Self.steps { rareRow(name) { Figures.duration($0.duration(of: steps)) } }
        row("decode") { Figures.rate($0.countsChunks ? nil : $0.decodeTokensPerSecond) }
        rareRow("chunks a second") { $0.countsChunks ? Self.number($0.decodeTokensPerSecond) : .missing }
        rareRow("decode, server's clock") { Figures.rate($0.server?.decodeTokensPerSecond) }
        row("prefill") { Figures.rate($0.prefillTokensPerSecond) }
        rareRow("prefill, server's clock") { Figures.rate($0.server?.prefillTokensPerSecond) }
        row("between tokens, p50") { Figures.duration(Self.gaps($0, ofChunks: false)?.p50) }
        row("between tokens, p95") { Figures.duration(Self.gaps($0, ofChunks: false)?.p95) }
        rareRow("between chunks, p50") { Figures.duration(Self.gaps($0, ofChunks: true)?.p50) }
        rareRow("between chunks, p95") { Figures.duration(Self.gaps($0, ofChunks: true)?.p95) }
        row("stalls") { Figures.count($0.interTokenLatency?.stalls) }
        row("total") { Figures.duration($0.totalDuration) }
        row("memory") { $0.request == nil ? Figures.bytes($0.memory?.total) : Figure(value: "on its server", unit: "") }
        row("prompt") { Figures.tokens($0.promptTokens) }
        row("cached") { Figures.tokens($0.cachedTokens) }
        row("answer") { Figures.answerLength(of: $0) }
        rareRow("cost") { Figures.cost($0.cost) }
        rareRow("a thousand such answers") { Figures.cost($0.cost?.times(1000)) }
        let note = "The models answered together and shared the machine: no model's figures are its own."
        lines = Self.aligned(table) + (state.sharesMachine ? [note] : [])
    }

    /// The parts of a request's way to its first token, by the clock of this side.
    private static let steps: [(String, Set<RequestTimeline.Step>)] = [
        ("turned away, waiting", [.waiting]), ("lookup, connect, TLS", [.nameLookup, .connect, .secure]),
        ("sent to first byte", [.firstByte]), ("first byte to first token", [.firstToken]),
    ]

    private static func gaps(_ metrics: Metrics, ofChunks: Bool) -> LatencyDistribution? {
        metrics.gapsAreBetweenChunks == ofChunks ? metrics.interTokenLatency : nil
    }

    private static func number(_ value: Double?) -> Figure {
        value.map { Figure(value: Figures.number($0), unit: "") } ?? .missing
    }

    /// Rows with their columns below each other, without spaces at the ends of lines.
    /// - Parameter left: the columns that aren't aligned to the right, as figures are.
    static func aligned(_ rows: [[String]], left: Set<Int> = [0]) -> [String] {
        let widths = (0..<(rows.map(\.count).max() ?? 0)).map { column in
            rows.map { $0.indices.contains(column) ? TextWidth.columns(of: $0[column]) : 0 }.max() ?? 0
        }
        return rows.map { row in
            let line = row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - TextWidth.columns(of: cell))
                return left.contains(column) ? cell + padding : padding + cell
            }
            .joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}

extension Metrics {
    /// Nil where the request had none of these steps.
    fileprivate func duration(of steps: Set<RequestTimeline.Step>) -> Duration? {
        request?.duration(of: steps)
    }
}
