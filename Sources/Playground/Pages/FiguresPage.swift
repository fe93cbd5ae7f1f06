import Chat
import Screen

extension State {
    /// Everything that was measured of each pane's latest answer.
    func figuresPage(columns: Int) -> [PageLine] {
        var lines: [PageLine] = []
        for index in panes.indices {
            if !lines.isEmpty { lines.append([]) }
            lines.append([
                Span(label(index), accent(of: index)), Span("  \(VisibleText.of(panes[index].name))", .title),
                Span(panes[index].profile?.server.map { " on \($0.place)" } ?? "", .muted),
            ])
            guard let metrics = panes[index].metrics else {
                lines.append([Span("no model is open", .muted)])
                continue
            }
            lines += FiguresText(metrics: metrics, server: panes[index].profile?.server, columns: columns).lines
        }
        if sharesMachine {
            lines.insert(
                [
                    Span(
                        "The panes answer together and share the machine: these are not the figures of a model alone.",
                        .warning)
                ], at: 0)
        }
        return lines
    }
}

/// The figures of one run as lines.
private struct FiguresText {
    let metrics: Metrics
    /// Where the model is, unless it is in this process.
    let server: ModelServer?
    let columns: Int

    var lines: [PageLine] {
        let servers = ServerFigures(metrics: metrics, server: server, columns: columns)
        return summary + servers.request + servers.report + latency + servers.cost + memory + resources
    }

    private var summary: [PageLine] {
        let figures = MetricsCells(metrics)
        let answer = Figures.answerLength(of: metrics)
        var cells: [(String, Figure)] = [("TTFT", Figures.duration(metrics.timeToFirstToken))]
        if let first = metrics.firstOutputAfterThoughts { cells.append(("TTFO", Figures.duration(first))) }
        // What passes here until a server's first token is more than its prefill, which it tells itself.
        let prefill = server == nil ? [figures.prefill] : []
        cells += ([figures.decode] + prefill + [figures.timePerToken]).map { ($0.label, $0.figure) }
        cells += [
            ("total", Figures.duration(metrics.totalDuration)), ("load", Figures.duration(metrics.loadDuration)),
            ("prompt", Figures.tokens(metrics.promptTokens)), ("cached", Figures.tokens(metrics.cachedTokens)),
            ("answer", answer),
        ]
        return flow(cells)
    }

    /// Cells of one width, as many beside each other as fit.
    private func flow(_ cells: [(String, Figure)]) -> [PageLine] {
        let width = 22
        let perLine = max(1, columns / width)
        return stride(from: 0, to: cells.count, by: perLine).map { start in
            cells[start..<min(cells.count, start + perLine)].flatMap { name, figure in
                [
                    Span(State.padded(name, 8), .muted),
                    Span(State.padded(figure.text, width - 8), figure == .missing ? .muted : .metric),
                ]
            }
        }
    }

    /// A histogram of the gaps between tokens.
    private var latency: [PageLine] {
        guard let latency = metrics.interTokenLatency else {
            return [[Span("no gaps between \(metrics.gapsAreBetweenChunks ? "chunks" : "tokens") yet", .muted)]]
        }
        var lines: [PageLine] = [
            [
                Span(metrics.gapsAreBetweenChunks ? "gaps between chunks" : "ITL", .title), Span("  p50 ", .muted),
                Span(Figures.duration(latency.p50).text, .metric),
                Span("  p95 ", .muted), Span(Figures.duration(latency.p95).text, .metric), Span("  p99 ", .muted),
                Span(Figures.duration(latency.p99).text, .metric),
                Span(
                    "  \(latency.stalls) stall\(latency.stalls == 1 ? "" : "s")", latency.stalls > 0 ? .stall : .muted),
            ]
        ]
        let histogram = LatencyHistogram(metrics.gaps)
        let most = histogram.bins.map(\.count).max() ?? 1
        let room = max(4, columns - 26)
        for bin in histogram.bins {
            let eighths = max(bin.count > 0 ? 1 : 0, bin.count * room * 8 / max(1, most))
            let isStall = bin.to == nil && latency.stalls > 0
            lines.append([
                Span(State.padded(Self.range(bin), 18), .muted),
                Span(BlockBar.text(eighths: eighths), isStall ? .stall : .chart),
                Span(" \(bin.count)", .metric),
            ])
        }
        return lines
    }

    private static func range(_ bin: LatencyHistogram.Bin) -> String {
        let from = Figures.number(Figures.milliseconds(bin.from))
        guard let to = bin.to else { return "\(from) ms or more" }
        return "\(from)–\(Figures.number(Figures.milliseconds(to))) ms"
    }

    /// Memory while the run went on.
    private var memory: [PageLine] {
        guard let memory = metrics.memory else {
            return server.map { [[Span("memory", .title), Span("  on \($0.shownHost)", .muted)]] } ?? []
        }
        var lines: [PageLine] = [
            [
                Span("memory", .title), Span("  ", .muted), Span(Figures.bytes(memory.total).text, .metric),
                Span("  weights ", .muted),
                Span(Figures.bytes(memory.weightsResident, of: memory.weightsMapped).text, .metric),
                Span("  KV cache ", .muted), Span(Figures.bytes(memory.keyValueCache).text, .metric),
                Span("  scratch ", .muted), Span(Figures.bytes(memory.scratch).text, .metric),
            ]
        ]
        let samples = metrics.memorySamples
        guard samples.count > 1, let most = samples.map(\.bytes).max(), most > 0 else { return lines }
        let count = min(samples.count, max(1, columns - 30))
        let bars = (0..<count).map { index in
            BlockBar.upwards[min(7, samples[index * samples.count / count].bytes * 8 / (most + 1))]
        }
        lines.append([
            Span(State.padded("  over time", 18), .muted), Span(String(bars), .chart),
            Span(" up to \(Figures.bytes(most).text)", .muted),
        ])
        return lines
    }

    private var resources: [PageLine] {
        guard let resources = metrics.resources else {
            let place = server.map { "those of \($0.shownHost)" } ?? "not available"
            return [[Span("processor and energy: \(place)", .muted)]]
        }
        var line = [
            Span("processor", .title), Span("  ", .muted),
            Span(Figures.duration(resources.processorTime).text, .metric),
        ]
        if let busy = resources.busyProcessors {
            line += [
                Span(" in \(Figures.duration(resources.elapsed).text): ", .muted),
                Span(Figures.fixed(busy, places: 2), .metric), Span(" busy", .muted),
            ]
        }
        switch resources.energy {
        case .measured(let joules, let domain):
            line += [
                Span("   energy ", .title), Span("\(Figures.number(joules)) J", .metric),
                Span(" measured, \(domain)", .muted),
            ]
            let unit = metrics.countsChunks ? "chunk" : "token"
            if metrics.generatedTokens > 0 {
                line.append(Span(", \(Figures.number(joules / Double(metrics.generatedTokens))) J a \(unit)", .muted))
            }
        case .unavailable(let reason):
            line += [Span("   energy ", .title), Span("not available: \(reason)", .muted)]
        }
        return [line]
    }
}
