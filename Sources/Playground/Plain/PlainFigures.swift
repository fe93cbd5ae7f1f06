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
        row("first token (TTFT)") { Figures.duration($0.timeToFirstToken) }
        row("decode") { Figures.rate($0.decodeTokensPerSecond) }
        row("prefill") { Figures.rate($0.prefillTokensPerSecond) }
        row("between tokens, p50") { Figures.duration($0.interTokenLatency?.p50) }
        row("between tokens, p95") { Figures.duration($0.interTokenLatency?.p95) }
        row("stalls") { Figures.count($0.interTokenLatency?.stalls) }
        row("total") { Figures.duration($0.totalDuration) }
        row("memory") { Figures.bytes($0.memory?.total) }
        row("prompt") { Figures.tokens($0.promptTokens) }
        row("cached") { Figures.tokens($0.cachedTokens) }
        row("answer") { Figure(value: "\($0.generatedTokens)", unit: "tok") }
        let isShared = state.settings.isConcurrent && state.panes.count > 1
        let note = "The models answered together and shared the machine: no model's figures are its own."
        lines = Self.aligned(table) + (isShared ? [note] : [])
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
