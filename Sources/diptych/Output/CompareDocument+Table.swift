import Chat

extension CompareDocument {
    /// The figures side by side and the line that sums them up, for people who have read the answers above.
    var summary: String {
        let lines = [table, comparison?.sentence.map { $0 + "\n" }].compactMap { $0 }
        return lines.joined(separator: "\n")
    }

    private var table: String {
        var table = TextTable()
        func row(_ name: String, _ cell: (MetricsDocument) -> String) {
            table.add([name] + panes.map { cell($0.metrics) })
        }
        table.add([""] + panes.map { $0.role?.rawValue ?? $0.model.onOneLine })
        row("first token (TTFT)") { FigureText.milliseconds($0.ttftMs) }
        row("decode") { FigureText.rate($0.decodeTokensPerSecond) }
        row("prefill") { FigureText.rate($0.prefillTokensPerSecond) }
        row("between tokens, p50") { FigureText.milliseconds($0.itlMs.p50) }
        row("between tokens, p95") { FigureText.milliseconds($0.itlMs.p95) }
        row("between tokens, p99") { FigureText.milliseconds($0.itlMs.p99) }
        row("per token (TPOT)") { FigureText.milliseconds($0.tpotMs) }
        row("load") { FigureText.milliseconds($0.loadMs) }
        row("memory") { FigureText.bytes($0.memory?.total) }
        row("  weights resident") { FigureText.bytes($0.memory?.weightsResident) }
        row("  weights mapped") { FigureText.bytes($0.memory?.weightsMapped) }
        row("  KV cache") { FigureText.bytes($0.memory?.kvCache) }
        row("  scratch") { FigureText.bytes($0.memory?.scratch) }
        row("prompt tokens") { "\($0.promptTokens)" }
        row("generated tokens") { "\($0.generatedTokens)" }
        row("context used") { "\($0.context.used) of \($0.context.available)" }
        table.add(["ended by"] + panes.map(\.finish.rawValue))
        return table.text
    }
}
