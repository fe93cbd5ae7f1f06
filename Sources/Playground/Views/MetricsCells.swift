import Chat

/// Every figure of a run as a cell.
struct MetricsCells {
    let metrics: Metrics
    /// Where the model is, unless it is in this process.
    let server: ModelServer?
    private let latency: LatencyDistribution?

    init(_ metrics: Metrics, server: ModelServer? = nil) {
        self.metrics = metrics
        self.server = server
        latency = metrics.interTokenLatency
    }

    func cell(_ label: String, _ figure: Figure) -> MetricsStrip.Cell {
        MetricsStrip.Cell(label: label, figure: figure)
    }

    /// Whether the length of the prompt is known.
    private var hasPrompt: Bool { (metrics.promptTokens ?? 0) > 0 }

    var firstToken: MetricsStrip.Cell { cell("TTFT", Figures.duration(metrics.timeToFirstToken)) }
    var load: MetricsStrip.Cell { cell("load", Figures.duration(metrics.loadDuration)) }
    var timePerToken: MetricsStrip.Cell {
        cell(metrics.countsChunks ? "a chunk" : "TPOT", Figures.duration(metrics.timePerOutputToken))
    }
    var total: MetricsStrip.Cell { cell("total", Figures.duration(metrics.totalDuration)) }
    /// Chunks that may be several tokens have no rate in tokens.
    var decode: MetricsStrip.Cell {
        let rate = Figures.rate(metrics.decodeTokensPerSecond)
        guard metrics.countsChunks else { return cell("decode", rate) }
        return cell("chunks", rate == .missing ? rate : Figure(value: rate.value, unit: "/s"))
    }
    var prefill: MetricsStrip.Cell { cell("prefill", Figures.rate(metrics.prefillTokensPerSecond)) }
    var p50: MetricsStrip.Cell { cell("\(gap) p50", Figures.duration(latency?.p50)) }
    var p95: MetricsStrip.Cell { cell("\(gap) p95", Figures.duration(latency?.p95)) }
    var p99: MetricsStrip.Cell { cell("\(gap) p99", Figures.duration(latency?.p99)) }
    var longest: MetricsStrip.Cell { cell("\(gap) max", Figures.duration(metrics.gaps.max())) }
    var stalls: MetricsStrip.Cell { cell("stalls", Figures.count(latency?.stalls)) }
    var memory: MetricsStrip.Cell {
        let figure = server.map { Figure(value: "on \($0.shownHost)", unit: "") }
        return cell("memory", figure ?? Figures.bytes(metrics.memory?.total))
    }
    var mapped: MetricsStrip.Cell { cell("mapped", Figures.bytes(metrics.memory?.weightsMapped)) }
    var resident: MetricsStrip.Cell { cell("resident", Figures.bytes(metrics.memory?.weightsResident)) }
    var keyValueCache: MetricsStrip.Cell { cell("KV cache", Figures.bytes(metrics.memory?.keyValueCache)) }
    var scratch: MetricsStrip.Cell { cell("scratch", Figures.bytes(metrics.memory?.scratch)) }
    var computed: MetricsStrip.Cell { cell("computed", tokens(hasPrompt ? metrics.computedTokens : nil)) }
    var cached: MetricsStrip.Cell { cell("cached", tokens(hasPrompt ? metrics.cachedTokens : nil)) }
    var answer: MetricsStrip.Cell {
        let count = metrics.generatedTokens > 0 ? metrics.generatedTokens : nil
        return metrics.countsChunks ? cell("chunks", Figures.count(count)) : cell("answer", tokens(count))
    }

    /// Resident and mapped weights in one.
    var weights: MetricsStrip.Cell {
        cell("weights", Figures.bytes(metrics.memory?.weightsResident, of: metrics.memory?.weightsMapped))
    }

    var context: MetricsStrip.Cell {
        cell("context", Figures.count(metrics.contextUsed, of: metrics.contextAvailable))
    }

    /// Computed and cached tokens of the prompt in one.
    var prompt: MetricsStrip.Cell {
        guard hasPrompt else { return cell("prompt", .missing) }
        guard let cached = metrics.cachedTokens, cached > 0 else { return cell("prompt", tokens(metrics.promptTokens)) }
        return cell("cached", Figures.count(cached, of: metrics.promptTokens))
    }

    /// The three percentiles in one row, all in milliseconds.
    var percentiles: [MetricsStrip.Cell] {
        guard let latency else {
            return [cell("\(pluralGap) p50", .missing), cell("p95", .missing), cell("p99", .missing)]
        }
        return [
            cell("\(pluralGap) p50", Figure(value: milliseconds(latency.p50), unit: "")),
            cell("p95", Figure(value: milliseconds(latency.p95), unit: "")),
            cell("p99", Figure(value: milliseconds(latency.p99), unit: "ms")),
        ]
    }

    /// The three percentiles in one cell.
    var allPercentiles: MetricsStrip.Cell {
        guard let latency else { return cell("\(gap) p50–99", .missing) }
        let values = [latency.p50, latency.p95, latency.p99].map { milliseconds($0) }
        return cell("\(gap) p50–99", Figure(value: values.joined(separator: "/"), unit: "ms"))
    }

    /// What lies between two gaps' ends: gaps between chunks aren't an inter-token latency.
    private var gap: String { metrics.gapsAreBetweenChunks ? "chunk" : "ITL" }
    private var pluralGap: String { metrics.gapsAreBetweenChunks ? "chunks" : "ITL" }

    private func milliseconds(_ duration: Duration) -> String { Figures.number(Figures.milliseconds(duration)) }

    private func tokens(_ count: Int?) -> Figure {
        count.map { Figure(value: String($0), unit: "tok") } ?? .missing
    }
}

/// What only some models have.
extension MetricsCells {
    var hasPrice: Bool { metrics.price != nil }
    /// Whether there is anything to charge for, at a price that is known.
    var hasCost: Bool { metrics.cost != nil }
    var cost: MetricsStrip.Cell { cell("cost", Figures.cost(metrics.cost)) }
    var costOfThousand: MetricsStrip.Cell { cell("a thousand", Figures.cost(metrics.cost?.times(1000))) }

    func costOr(_ other: MetricsStrip.Cell) -> MetricsStrip.Cell { hasPrice ? cost : other }

    /// When the answer began, where the model thought before it.
    func firstOutputOr(_ other: MetricsStrip.Cell) -> MetricsStrip.Cell {
        guard let first = metrics.firstOutputAfterThoughts else { return other }
        return cell("TTFO", Figures.duration(first))
    }

    var serverPrefill: MetricsStrip.Cell {
        cell("server prefill", Figures.rate(metrics.server?.prefillTokensPerSecond))
    }

    var serverDecode: MetricsStrip.Cell {
        cell("server decode", Figures.rate(metrics.server?.decodeTokensPerSecond))
    }

    /// What the server says by its own clock, in one row of few columns.
    var byServerInBrief: [MetricsStrip.Cell] {
        let cells = byServer
        guard cells.count == 2 else { return cells }
        // A long figure leaves no room for the unit.
        let unit = cells[0].figure.value.count > 3 ? "/s" : cells[1].figure.unit
        return [cells[0], cell("decode", Figure(value: cells[1].figure.value, unit: unit))]
    }

    /// What the server says by its own clock, in one row.
    var byServer: [MetricsStrip.Cell] {
        let (prefill, decode) = (serverPrefill.figure, serverDecode.figure)
        guard prefill != .missing || decode != .missing else { return [cell("server's own times", .missing)] }
        return [cell("server prefill", Figure(value: prefill.value, unit: "")), cell("server decode", decode)]
    }
}

extension Metrics {
    /// TTFO where it differs from TTFT: the model thought first.
    var firstOutputAfterThoughts: Duration? {
        timeToFirstOutput == timeToFirstToken ? nil : timeToFirstOutput
    }
}
