import Chat

extension Chart {
    /// The way of a request to its first token, a row for each step, and inside its wait what the server says that it
    /// did; nil for a model in the program's own process.
    /// - Parameter longest: what all panes' charts are wide.
    init?(requestOf metrics: Metrics, longest: Duration) {
        guard let request = metrics.request, let last = request.phases.last, longest > .zero else { return nil }
        let ofServer = request.serverPhases(metrics.server)
        var caption = request.reusedConnection ? "on a connection that was open already" : "on a new connection"
        if request.attempts > 1 { caption += "; sent \(request.attempts) times until it was taken" }
        caption += "; " + FigureText.milliseconds((last.from + last.duration).milliseconds)
        caption += request.firstToken == nil ? " until it was given up" : " to the first token"
        if !ofServer.isEmpty { caption += "; outlined: by the server's clock, as late as it can have been" }
        self.init(caption: caption)
        let count = request.phases.count + ofServer.count
        var row = 0
        func place(_ from: Duration, _ duration: Duration) -> ClosedRange<Double> {
            let start = from / longest
            return start...max(start, min(1, (from + duration) / longest))
        }
        for phase in request.phases {
            addSpan(place(phase.from, phase.duration), row: row, of: count, label: phase.step.shortTitle)
            row += 1
            for part in ofServer where part.step == phase.step {
                let span = place(part.from, part.duration)
                addSpan(span, row: row, of: count, label: part.work.rawValue, isServers: true)
                row += 1
            }
        }
        horizontal = [(0, "0"), (1, FigureText.milliseconds(longest.milliseconds))]
    }
}

extension RequestTimeline.Step {
    /// What it is called at the edge of a chart.
    fileprivate var shortTitle: String {
        switch self {
        case .waiting: "waiting"
        case .nameLookup: "lookup"
        case .connect: "connect"
        case .secure: "TLS"
        case .send: "send"
        case .firstByte: "first byte"
        case .firstToken: "first token"
        }
    }
}
