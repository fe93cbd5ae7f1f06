import Chat

extension CompareDocument {
    /// The figures side by side and the line that sums them up, for people who have read the answers above.
    var summary: String {
        let lines = [table, comparison?.sentence.map { $0 + "\n" }].compactMap { $0 }
        return lines.joined(separator: "\n")
    }

    private var table: String {
        var table = TextTable()
        // A row that nobody has a figure for says nothing.
        func row(_ name: String, _ cell: (MetricsDocument) -> String) {
            let cells = panes.map { cell($0.metrics) }
            if cells.contains(where: { $0 != FigureText.missing }) { table.add([name] + cells) }
        }
        table.add([""] + panes.map { $0.role?.rawValue ?? $0.model.onOneLine })
        row("first token (TTFT)") { FigureText.milliseconds($0.ttftMs) }
        row("first of the answer (TTFO)") {
            $0.ttfoMs == $0.ttftMs ? FigureText.missing : FigureText.milliseconds($0.ttfoMs)
        }
        for step in RequestTimeline.Step.allCases {
            row("  \(step.title)") { metrics in
                FigureText.milliseconds(metrics.request?.phases.first { $0.step == step }?.ms)
            }
        }
        row("decode") { FigureText.rate($0.generatedUnit == "tokens" ? $0.decodeTokensPerSecond : nil) }
        row("chunks a second") {
            $0.generatedUnit == "chunks"
                ? $0.decodeTokensPerSecond.map { FigureText.number($0) } ?? FigureText.missing : FigureText.missing
        }
        row("prefill") { FigureText.rate($0.prefillTokensPerSecond) }
        row("decode, server's clock") { FigureText.rate($0.server?.decodeTokensPerSecond) }
        row("prefill, server's clock") { FigureText.rate($0.server?.prefillTokensPerSecond) }
        for unit in ["tokens", "chunks"] {
            func gap(_ name: String, _ value: @escaping (MetricsDocument.InterTokenLatency) -> Double?) {
                row("between \(unit), \(name)") {
                    FigureText.milliseconds($0.itlMs.between == unit ? value($0.itlMs) : nil)
                }
            }
            gap("p50", \.p50)
            gap("p95", \.p95)
            gap("p99", \.p99)
        }
        row("per token (TPOT)") { FigureText.milliseconds($0.generatedUnit == "tokens" ? $0.tpotMs : nil) }
        row("per chunk") { FigureText.milliseconds($0.generatedUnit == "chunks" ? $0.tpotMs : nil) }
        row("load") { FigureText.milliseconds($0.loadMs) }
        row("memory") { FigureText.bytes($0.memory?.total) }
        row("  weights resident") { FigureText.bytes($0.memory?.weightsResident) }
        row("  weights mapped") { FigureText.bytes($0.memory?.weightsMapped) }
        row("  KV cache") { FigureText.bytes($0.memory?.kvCache) }
        row("  scratch") { FigureText.bytes($0.memory?.scratch) }
        row("prompt tokens") { $0.promptTokens.map { "\($0)" } ?? FigureText.missing }
        row("of them cached") { $0.cachedTokens.flatMap { $0 > 0 ? "\($0)" : nil } ?? FigureText.missing }
        row("generated tokens") { $0.generatedUnit == "chunks" ? FigureText.missing : "\($0.generatedTokens)" }
        row("generated chunks") { $0.generatedUnit == "chunks" ? "\($0.generatedTokens)" : FigureText.missing }
        row("context used") { metrics in
            guard let used = metrics.context.used else { return FigureText.missing }
            return metrics.context.available.map { "\(used) of \($0)" } ?? "\(used)"
        }
        row("cost") { $0.cost?.text(of: 1) ?? FigureText.missing }
        row("cost of a thousand") { $0.cost?.text(of: 1000) ?? FigureText.missing }
        table.add(["ended by"] + panes.map { $0.finish?.rawValue ?? "error" })
        return table.text
    }
}

extension MetricsDocument.Price {
    /// What so many such answers cost.
    func text(of count: Int) -> String {
        Cost(amount: amount, currency: currency, basis: basis).times(count).text
    }
}
