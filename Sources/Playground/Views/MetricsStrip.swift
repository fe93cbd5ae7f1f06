import Chat

/// The figures of a pane, arranged for a width.
struct MetricsStrip: Equatable {
    /// A figure with its name.
    struct Cell: Equatable {
        var label: String
        var figure: Figure
    }

    enum Row: Equatable {
        /// Columns of equal width, values at their right edges.
        case grid([Cell])
        /// Each cell as wide as it is, the first at the left edge and the last at the right one.
        case spread([Cell])
        /// The gaps between tokens, this many rows tall.
        case chart(rows: Int)

        var height: Int { if case .chart(let rows) = self { rows } else { 1 } }
    }

    /// How many figures stand beside each other.
    enum Design: Equatable {
        case narrow, compact, wide, full

        init(columns: Int) {
            self =
                switch columns {
                case ..<34: .narrow
                case ..<56: .compact
                case ..<84: .wide
                default: .full
                }
        }

        /// Rows used where there are at most `limit`.
        func height(of limit: Int) -> Int {
            MetricsStrip(Metrics(loadDuration: .zero, contextAvailable: 0), design: self, limit: limit).height
        }

        /// The chart may grow this tall.
        fileprivate var tallestChart: Int {
            switch self {
            case .narrow, .compact: 1
            case .wide: 3
            case .full: 5
            }
        }
    }

    let rows: [Row]
    var height: Int { rows.reduce(0) { $0 + $1.height } }

    /// As many rows as fit in `limit`, the most telling ones first, in the design's order.
    init(_ metrics: Metrics, design: Design, limit: Int) {
        let all = design.rows(metrics)
        let kept = Set(all.indices.sorted { all[$0].rank < all[$1].rank }.prefix(limit))
        let spare = max(0, limit - all.count)
        rows = all.indices.filter { kept.contains($0) }.map { index in
            if case .chart = all[index].row { return .chart(rows: min(design.tallestChart, 1 + spare)) }
            return all[index].row
        }
    }
}

/// A row and its place in the order in which rows are given up, last first.
private struct RankedRow {
    var rank: Int
    var row: MetricsStrip.Row

    init(_ rank: Int, _ row: MetricsStrip.Row) {
        self.rank = rank
        self.row = row
    }
}

extension MetricsStrip.Design {
    fileprivate func rows(_ metrics: Metrics) -> [RankedRow] {
        let cells = MetricsCells(metrics)
        return switch self {
        case .narrow: narrow(cells)
        case .compact: compact(cells)
        case .wide: wide(cells)
        case .full: full(cells)
        }
    }

    private func narrow(_ cells: MetricsCells) -> [RankedRow] {
        [
            RankedRow(0, .grid([cells.firstToken])), RankedRow(1, .grid([cells.decode])),
            RankedRow(5, .grid([cells.prefill])), RankedRow(2, .grid([cells.allPercentiles])),
            RankedRow(4, .chart(rows: 1)), RankedRow(3, .grid([cells.memory])), RankedRow(7, .grid([cells.load])),
            RankedRow(6, .grid([cells.context])), RankedRow(8, .grid([cells.weights])),
            RankedRow(9, .grid([cells.keyValueCache])), RankedRow(10, .grid([cells.scratch])),
            RankedRow(11, .grid([cells.prompt])),
        ]
    }

    private func compact(_ cells: MetricsCells) -> [RankedRow] {
        [
            RankedRow(0, .grid([cells.firstToken, cells.decode])),
            RankedRow(3, .grid([cells.load, cells.prefill])),
            RankedRow(1, .spread(cells.percentiles)),
            RankedRow(4, .chart(rows: 1)),
            RankedRow(2, .grid([cells.memory, cells.keyValueCache])),
            RankedRow(6, .spread([cells.weights, cells.scratch])),
            RankedRow(5, .spread([cells.context, cells.prompt])),
        ]
    }

    private func wide(_ cells: MetricsCells) -> [RankedRow] {
        [
            RankedRow(0, .grid([cells.decode, cells.firstToken, cells.p50])),
            RankedRow(1, .grid([cells.prefill, cells.load, cells.p95])),
            RankedRow(4, .grid([cells.keyValueCache, cells.timePerToken, cells.p99])),
            RankedRow(2, .grid([cells.scratch, cells.memory, cells.answer])),
            RankedRow(5, .spread([cells.weights, cells.context, cells.prompt])),
            RankedRow(3, .chart(rows: 1)),
        ]
    }

    private func full(_ cells: MetricsCells) -> [RankedRow] {
        [
            RankedRow(0, .grid([cells.firstToken, cells.decode, cells.p50, cells.memory])),
            RankedRow(1, .grid([cells.load, cells.prefill, cells.p95, cells.mapped])),
            RankedRow(3, .grid([cells.timePerToken, cells.computed, cells.p99, cells.resident])),
            RankedRow(4, .grid([cells.total, cells.cached, cells.stalls, cells.keyValueCache])),
            RankedRow(5, .grid([cells.context, cells.answer, cells.longest, cells.scratch])),
            RankedRow(2, .chart(rows: 1)),
        ]
    }
}

/// Every figure of a run as a cell.
private struct MetricsCells {
    let metrics: Metrics
    private let latency: LatencyDistribution?

    init(_ metrics: Metrics) {
        self.metrics = metrics
        latency = metrics.interTokenLatency
    }

    private func cell(_ label: String, _ figure: Figure) -> MetricsStrip.Cell {
        MetricsStrip.Cell(label: label, figure: figure)
    }

    /// Whether the length of the prompt is known.
    private var hasPrompt: Bool { (metrics.promptTokens ?? 0) > 0 }

    var firstToken: MetricsStrip.Cell { cell("TTFT", Figures.duration(metrics.timeToFirstToken)) }
    var load: MetricsStrip.Cell { cell("load", Figures.duration(metrics.loadDuration)) }
    var timePerToken: MetricsStrip.Cell { cell("TPOT", Figures.duration(metrics.timePerOutputToken)) }
    var total: MetricsStrip.Cell { cell("total", Figures.duration(metrics.totalDuration)) }
    var decode: MetricsStrip.Cell { cell("decode", Figures.rate(metrics.decodeTokensPerSecond)) }
    var prefill: MetricsStrip.Cell { cell("prefill", Figures.rate(metrics.prefillTokensPerSecond)) }
    var p50: MetricsStrip.Cell { cell("ITL p50", Figures.duration(latency?.p50)) }
    var p95: MetricsStrip.Cell { cell("ITL p95", Figures.duration(latency?.p95)) }
    var p99: MetricsStrip.Cell { cell("ITL p99", Figures.duration(latency?.p99)) }
    var longest: MetricsStrip.Cell { cell("ITL max", Figures.duration(metrics.gaps.max())) }
    var stalls: MetricsStrip.Cell { cell("stalls", Figures.count(latency?.stalls)) }
    var memory: MetricsStrip.Cell { cell("memory", Figures.bytes(metrics.memory?.total)) }
    var mapped: MetricsStrip.Cell { cell("mapped", Figures.bytes(metrics.memory?.weightsMapped)) }
    var resident: MetricsStrip.Cell { cell("resident", Figures.bytes(metrics.memory?.weightsResident)) }
    var keyValueCache: MetricsStrip.Cell { cell("KV cache", Figures.bytes(metrics.memory?.keyValueCache)) }
    var scratch: MetricsStrip.Cell { cell("scratch", Figures.bytes(metrics.memory?.scratch)) }
    var computed: MetricsStrip.Cell { cell("computed", tokens(hasPrompt ? metrics.computedTokens : nil)) }
    var cached: MetricsStrip.Cell { cell("cached", tokens(hasPrompt ? metrics.cachedTokens : nil)) }
    var answer: MetricsStrip.Cell {
        cell("answer", tokens(metrics.generatedTokens > 0 ? metrics.generatedTokens : nil))
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
        guard let latency else { return [cell("ITL p50", .missing), cell("p95", .missing), cell("p99", .missing)] }
        return [
            cell("ITL p50", Figure(value: milliseconds(latency.p50), unit: "")),
            cell("p95", Figure(value: milliseconds(latency.p95), unit: "")),
            cell("p99", Figure(value: milliseconds(latency.p99), unit: "ms")),
        ]
    }

    /// The three percentiles in one cell.
    var allPercentiles: MetricsStrip.Cell {
        guard let latency else { return cell("ITL p50–99", .missing) }
        let values = [latency.p50, latency.p95, latency.p99].map { milliseconds($0) }
        return cell("ITL p50–99", Figure(value: values.joined(separator: "/"), unit: "ms"))
    }

    private func milliseconds(_ duration: Duration) -> String { Figures.number(Figures.milliseconds(duration)) }

    private func tokens(_ count: Int?) -> Figure {
        count.map { Figure(value: String($0), unit: "tok") } ?? .missing
    }
}
