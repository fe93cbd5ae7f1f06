import Chat
import Screen

/// What is known of an answer from a server beyond the usual figures, as lines: the way of its request as a waterfall,
/// what the server says of its own work, and what the answer costs. Each figure says by whose clock it is.
struct ServerFigures {
    let metrics: Metrics
    let server: ModelServer?
    let columns: Int

    private static let titleColumns = 23
    private static let figureColumns = 9
    private static let clockColumns = 8

    /// A step of the request, or what a server says that it did meanwhile.
    private struct Row {
        var title: String
        var from: Duration
        var duration: Duration
        var isServers = false
        var role: Role
    }

    // MARK: The way of the request

    var request: [PageLine] {
        guard let timeline = metrics.request else {
            return server == nil ? [] : [[Span("request", .title), Span("  nothing asked yet", .muted)]]
        }
        let total = timeline.phases.last.map { $0.from + $0.duration } ?? .zero
        var lines: [PageLine] = [[Span("request", .title), Span("  \(timeline.connection)", .muted)]]
        lines += rows(of: timeline).map { line($0, total: total) }
        if timeline.awaited != nil, let server {
            lines.append([Span("  " + RequestTimeline.waiting(timeline, for: server), .muted)])
        }
        return lines
    }

    /// The steps in order; what the server did stands below the wait that it is part of.
    private func rows(of timeline: RequestTimeline) -> [Row] {
        let ofServer = timeline.serverPhases(metrics.server)
        return timeline.phases.flatMap { phase in
            let own = Row(
                title: phase.step.title, from: phase.from, duration: phase.duration,
                role: Waterfall.Part(phase.step).role)
            let parts = ofServer.filter { $0.step == phase.step }.map { part in
                Row(
                    title: "  \(part.work.rawValue)", from: part.from, duration: part.duration, isServers: true,
                    role: .estimate)
            }
            return [own] + parts
        }
    }

    private func line(_ row: Row, total: Duration) -> PageLine {
        let figure = Figures.duration(row.duration).text
        let room = columns - Self.titleColumns - Self.figureColumns - Self.clockColumns - 3
        let duration = min(row.duration, total - row.from)
        let (blanks, bar) = Waterfall.bar(from: row.from, duration: duration, of: total, columns: max(0, room))
        let padding = String(repeating: " ", count: max(0, Self.figureColumns - TextWidth.columns(of: figure)))
        return [
            Span(State.padded("  \(row.title)", Self.titleColumns), .muted), Span(padding + figure, .metric),
            Span("  " + State.padded(row.isServers ? "server" : "here", Self.clockColumns - 1), .muted),
            Span(String(repeating: " ", count: blanks), .muted), Span(bar, row.role),
        ]
    }

    // MARK: What the server says

    var report: [PageLine] {
        guard server != nil else { return [] }
        guard let report = metrics.server, !report.isEmpty else {
            return [[Span("server", .title), Span("  says nothing of its own times and counts", .muted)]]
        }
        var line = [Span("server's clock", .title)]
        func add(_ title: String, _ figure: Figure, _ detail: String? = nil) {
            guard figure != .missing else { return }
            line += [Span("  \(title) ", .muted), Span(figure.text, .metric)]
            if let detail { line.append(Span(" (\(detail))", .muted)) }
        }
        add("load", Figures.duration(report.load))
        add(
            "prefill", Figures.rate(report.prefillTokensPerSecond), Self.work(report.prefillTokens, in: report.prefill))
        add("decode", Figures.rate(report.decodeTokensPerSecond), Self.work(report.decodeTokens, in: report.decode))
        if line.count == 1 { line.append(Span("  no times", .muted)) }
        return [line, counts(of: report)]
    }

    private static func work(_ tokens: Int?, in time: Duration?) -> String? {
        guard let tokens, let time else { return nil }
        return "\(tokens) tok in \(Figures.duration(time).text)"
    }

    private func counts(of report: ServerReport) -> PageLine {
        let counts: [(String, Int?)] = [
            ("prompt", report.promptTokens), ("of it cached", report.cachedTokens), ("answer", report.completionTokens),
            ("of it thoughts", report.reasoningTokens),
        ]
        var line = [Span("server's count", .title)]
        for case (let name, let count?) in counts {
            line += [Span("  \(name) ", .muted), Span("\(count) tok", .metric)]
        }
        return line.count > 1 ? line : line + [Span("  none; the chunks were counted here", .muted)]
    }

    // MARK: Money

    var cost: [PageLine] {
        guard let price = metrics.price else { return [] }
        guard let cost = metrics.cost else {
            return [[Span("cost", .title), Span("  not known yet, at \(price.text)", .muted)]]
        }
        return [
            [Span("cost", .title), Span("  this answer ", .muted)] + Figures.cost(cost).spans
                + [Span("  a thousand like it ", .muted)] + Figures.cost(cost.times(1000)).spans,
            [Span("  \(cost.basis.text), at \(price.text)", .muted)],
        ]
    }
}

extension Cost.Basis {
    /// What an amount was computed from.
    var text: String {
        switch self {
        case .serverTokens: "by the count of tokens"
        case .countedChunks: "an estimate: chunks were counted as tokens"
        case .elapsedTime: "by the time it took, by the clock here"
        }
    }
}

extension Price {
    /// "$2 a million tokens of prompt, $10 of answer", as the configuration has it.
    var text: String {
        func amount(_ value: Double) -> String {
            VisibleText.of(Cost(amount: value, currency: currency, basis: .serverTokens).text).onOneLine
        }
        switch rate {
        case .perMillionTokens(let input, let cached, let output):
            let ofCached = cached.map { " (cached \(amount($0)))" } ?? ""
            return "\(amount(input))\(ofCached) a million tokens of prompt, \(amount(output)) of answer"
        case .perHour(let hour): return "\(amount(hour)) an hour of the machine"
        }
    }
}
