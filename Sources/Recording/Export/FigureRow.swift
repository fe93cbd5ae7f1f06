import Chat
import Typesetting

/// One line of the table that sets the panes' figures side by side.
struct FigureRow {
    var label: String
    private var value: @Sendable (Metrics) -> Double?
    private var text: @Sendable (Double) -> String
    /// Stands before each figure of a pane: its currency.
    private var prefix: @Sendable (Metrics) -> String = { _ in "" }

    /// What a pane's cell says: the figure; of several runs the median, with the smallest and the largest.
    func cell(_ column: SessionReport.Column) -> String {
        guard let spread = Spread(column.metrics.compactMap(value)) else { return FigureText.missing }
        let prefix = column.metrics.first.map(prefix) ?? ""
        guard spread.count > 1 else { return prefix + text(spread.median) }
        return "\(prefix)\(text(spread.median)) (\(text(spread.smallest)) to \(text(spread.largest)))"
    }

    /// The rows of which a turn has any figure.
    static func rows(of turn: SessionReport.Turn) -> [FigureRow] {
        all.filter { row in turn.columns.contains { row.cell($0) != FigureText.missing } }
    }

    private static let all: [FigureRow] = [
        time("time to first token (TTFT)") { $0.timeToFirstToken },
        time("time to first token of the answer (TTFO)") {
            $0.timeToFirstOutput == $0.timeToFirstToken ? nil : $0.timeToFirstOutput
        },
        time("time per output token (TPOT)") { $0.countsChunks ? nil : $0.timePerOutputToken },
        time("inter-token latency (ITL), p50") { $0.latency(ofChunks: false)?.p50 },
        time("ITL, p95") { $0.latency(ofChunks: false)?.p95 },
        time("ITL, p99") { $0.latency(ofChunks: false)?.p99 },
        time("gap between chunks, p50") { $0.latency(ofChunks: true)?.p50 },
        time("gap between chunks, p95") { $0.latency(ofChunks: true)?.p95 },
        time("gap between chunks, p99") { $0.latency(ofChunks: true)?.p99 },
        count("stalls (over 4 x p50)") { $0.interTokenLatency?.stalls },
        FigureRow(
            label: "decode", value: { $0.countsChunks ? nil : $0.decodeTokensPerSecond }, text: { FigureText.rate($0) }),
        FigureRow(
            label: "chunks a second", value: { $0.countsChunks ? $0.decodeTokensPerSecond : nil },
            text: { FigureText.number($0) }),
        FigureRow(label: "prefill", value: { $0.prefillTokensPerSecond }, text: { FigureText.rate($0) }),
        FigureRow(
            label: "prefill, by the server's clock", value: { $0.server?.prefillTokensPerSecond },
            text: { FigureText.rate($0) }),
        FigureRow(
            label: "decode, by the server's clock", value: { $0.server?.decodeTokensPerSecond },
            text: { FigureText.rate($0) }),
        time("turned away, waiting") { $0.request?.duration(of: [.waiting]) },
        time("name lookup, connect and TLS") { $0.request?.duration(of: [.nameLookup, .connect, .secure]) },
        time("request sent to first byte") { $0.request?.duration(of: [.firstByte]) },
        time("first byte to first token") { $0.request?.duration(of: [.firstToken]) },
        time("total") { $0.totalDuration },
        time("load") { $0.loadDuration },
        bytes("memory") { $0.memory?.total },
        bytes("of it weights, resident") { $0.memory?.weightsResident },
        bytes("of it KV cache") { $0.memory?.keyValueCache },
        count("prompt tokens") { $0.promptTokens },
        count("of them cached") { $0.cachedTokens },
        count("generated tokens") { $0.countsChunks ? nil : $0.generatedTokens },
        count("generated chunks of tokens") { $0.countsChunks ? $0.generatedTokens : nil },
        cost("cost", of: 1),
        cost("cost of a thousand such answers", of: 1000),
        FigureRow(label: "processors busy", value: { $0.resources?.busyProcessors }, text: { FigureText.number($0) }),
        FigureRow(label: "energy, measured", value: { $0.energyJoules }, text: { FigureText.number($0) + " J" }),
    ]

    private static func time(_ label: String, _ value: @escaping @Sendable (Metrics) -> Duration?) -> FigureRow {
        FigureRow(label: label, value: { value($0)?.milliseconds }, text: { FigureText.milliseconds($0) })
    }

    private static func cost(_ label: String, of count: Int) -> FigureRow {
        FigureRow(
            label: label, value: { $0.cost?.times(count).amount }, text: { Cost.figures($0) },
            prefix: { $0.cost?.prefix ?? "" })
    }

    private static func bytes(_ label: String, _ value: @escaping @Sendable (Metrics) -> Int?) -> FigureRow {
        FigureRow(label: label, value: { value($0).map(Double.init) }, text: { FigureText.bytes(Int($0)) })
    }

    private static func count(_ label: String, _ value: @escaping @Sendable (Metrics) -> Int?) -> FigureRow {
        FigureRow(label: label, value: { value($0).map(Double.init) }, text: { FigureText.fixed($0, places: 0) })
    }
}

extension Metrics {
    /// How the gaps between tokens are distributed, or those between chunks, which may be several tokens; nil where the
    /// run has the other ones.
    fileprivate func latency(ofChunks: Bool) -> LatencyDistribution? {
        gapsAreBetweenChunks == ofChunks ? interTokenLatency : nil
    }
}

extension Cost {
    /// What stands before an amount: "$", "EUR ", "~$" for an estimate.
    fileprivate var prefix: String {
        let currency = currency.visibleOnOneLine
        return (isEstimate ? "~" : "") + currency + (currency.count > 1 ? " " : "")
    }
}
