import Chat
import Screen

extension Repetition {
    /// "warming up" or "round 3 of 5".
    var progress: String {
        round == 0
            ? "repeating: warm-up…"
            : "repeating: round \(round) of \(rounds), \(steps - schedule.count) of \(steps) runs done…"
    }

    /// A figure that is repeated.
    fileprivate struct Measure: Sendable {
        var name: String
        var value: @Sendable (Metrics) -> Double?
        var text: @Sendable (Double) -> String
    }

    fileprivate static let measures = [
        Measure(name: "TTFT", value: { $0.timeToFirstToken.map(Figures.milliseconds) }, text: { milliseconds($0) }),
        Measure(
            name: "TTFO", value: { $0.firstOutputAfterThoughts.map(Figures.milliseconds) }, text: { milliseconds($0) }),
        Measure(
            name: "first byte", value: { ($0.request?.firstByte).map(Figures.milliseconds) },
            text: { milliseconds($0) }),
        Measure(name: "prefill tok/s", value: { $0.prefillTokensPerSecond }, text: { Figures.number($0) }),
        Measure(
            name: "decode tok/s", value: { $0.countsChunks ? nil : $0.decodeTokensPerSecond },
            text: { Figures.number($0) }),
        Measure(
            name: "chunks/s", value: { $0.countsChunks ? $0.decodeTokensPerSecond : nil }, text: { Figures.number($0) }),
        Measure(
            name: "TPOT", value: { $0.countsChunks ? nil : $0.timePerOutputToken.map(Figures.milliseconds) },
            text: { milliseconds($0) }),
        gap("ITL p50", ofChunks: false) { $0.p50 }, gap("ITL p95", ofChunks: false) { $0.p95 },
        gap("ITL p99", ofChunks: false) { $0.p99 }, gap("chunk p50", ofChunks: true) { $0.p50 },
        gap("chunk p95", ofChunks: true) { $0.p95 }, gap("chunk p99", ofChunks: true) { $0.p99 },
        Measure(name: "total", value: { $0.totalDuration.map(Figures.milliseconds) }, text: { milliseconds($0) }),
        Measure(
            name: "memory", value: { ($0.memory?.total).map { Double($0) } }, text: { Figures.bytes(Int($0)).text }),
        Measure(name: "processors", value: { $0.resources?.busyProcessors }, text: { Figures.fixed($0, places: 2) }),
        Measure(name: "energy J", value: { $0.energyJoules }, text: { Figures.number($0) }),
    ]

    private static func gap(
        _ name: String, ofChunks: Bool, _ percentile: @escaping @Sendable (LatencyDistribution) -> Duration
    ) -> Measure {
        Measure(
            name: name,
            value: { metrics in
                guard metrics.gapsAreBetweenChunks == ofChunks else { return nil }
                return metrics.interTokenLatency.map { Figures.milliseconds(percentile($0)) }
            }, text: { milliseconds($0) })
    }

    private static func milliseconds(_ value: Double) -> String { Figures.duration(.microseconds(value * 1000)).text }
}

extension State {
    /// Medians and spread of a repetition, for each pane.
    func repeatsPage(columns: Int) -> [PageLine] {
        guard let repetition else {
            return PageText.lines(
                "Nothing was repeated yet: /repeat 5 measures the latest prompt five times.", role: .muted,
                columns: columns)
        }
        let prompt = TextWidth.truncate(VisibleText.of("› " + repetition.prompt.onOneLine), to: columns)
        var lines: [PageLine] = [[Span(prompt, .question)]]
        switch repetition.phase {
        case .running: lines.append([Span(repetition.progress, .chart)])
        case .done:
            lines.append([Span("\(repetition.rounds) round\(repetition.rounds == 1 ? "" : "s"), done", .success)])
        case .stopped(let reason):
            lines += PageText.lines("\(reason); what was measured stays", role: .warning, columns: columns)
        }
        let order =
            repetition.isConcurrent
            ? "all at the same time, sharing the machine" : "one after the other, in alternating order"
        let hosts = panes.compactMap { repetition.samples[$0.id] == nil ? nil : $0.profile?.server?.shownHost }
        let caches =
            hosts.isEmpty
            ? "" : " (what \(hosts.joined(separator: " and ")) \(hosts.count == 1 ? "keeps" : "keep") is not known)"
        let conditions =
            "each from an empty KV cache\(caches), \(order)\(repetition.warmsUp ? ", after a warm-up" : ""); "
            + "median, then the smallest and the largest"
        let shown = panes.indices.filter { repetition.samples[panes[$0].id] != nil }
        let isTable = shown.count * Self.narrowestFigure <= columns - Self.measureColumns
        for panes in isTable ? [shown] : shown.map({ [$0] }) where !panes.isEmpty {
            lines += [[]] + table(of: repetition, panes: panes, columns: columns)
        }
        return lines + [[]] + PageText.lines(conditions, role: .muted, columns: columns)
    }

    private static let measureColumns = 14
    private static let narrowestFigure = 10

    /// A line for each measure, with a column for each pane.
    private func table(of repetition: Repetition, panes shown: [Int], columns: Int) -> [PageLine] {
        let name = Self.measureColumns
        let width = (columns - name) / shown.count
        var lines: [PageLine] = []
        lines.append(
            [Span(String(repeating: " ", count: name), .text)]
                + shown.map {
                    Span(
                        Self.padded("\(label($0)) (\(repetition.samples[panes[$0].id]?.count ?? 0))", width),
                        accent(of: $0))
                })
        for measure in Repetition.measures {
            let spreads = shown.map { repetition.spread(of: measure.value, in: panes[$0].id) }
            guard spreads.contains(where: { $0 != nil }) else { continue }
            lines.append(
                [Span(Self.padded(measure.name, name), .muted)] + spreads.flatMap { cell($0, measure, width) })
        }
        return lines
    }

    private func cell(_ spread: Spread?, _ measure: Repetition.Measure, _ width: Int) -> [Span] {
        guard let spread else { return [Span(Self.padded("–", width), .muted)] }
        let median = measure.text(spread.median)
        var ends = [measure.text(spread.smallest), measure.text(spread.largest)]
        // The median's unit need not be said again.
        if let space = median.lastIndex(of: " "), ends.allSatisfy({ $0.hasSuffix(median[space...]) }) {
            ends = ends.map { String($0.dropLast(median[space...].count)) }
        }
        let range = "  " + ends.joined(separator: "–")
        let room = width - TextWidth.columns(of: median)
        guard spread.count > 1, measure.text(spread.smallest) != measure.text(spread.largest),
            TextWidth.columns(of: range) < room
        else {
            return [Span(Self.padded(median, width), .metric)]
        }
        return [Span(median, .metric), Span(Self.padded(range, room), .muted)]
    }

    static func padded(_ text: String, _ columns: Int) -> String {
        let text = TextWidth.truncate(text, to: columns)
        return text + String(repeating: " ", count: max(0, columns - TextWidth.columns(of: text)))
    }
}
