import Chat

/// A `RequestTimeline` as its line has it: when each step was done, from the start of the run. Steps that weren't needed
/// are left out.
struct RequestFields: Codable {
    var run: Count
    var attempts: Count
    var startedUs: Microseconds
    var lookedUpUs: Microseconds?
    var connectedUs: Microseconds?
    var securedUs: Microseconds?
    var sentUs: Microseconds?
    var firstByteUs: Microseconds?
    var firstTokenUs: Microseconds?
    var reusedConnection: Bool
    var httpVersion: String?

    init(run: Int, _ timeline: RequestTimeline) {
        self.run = Count(run)
        attempts = Count(timeline.attempts)
        startedUs = Microseconds(timeline.started)
        lookedUpUs = timeline.lookedUp.map { Microseconds($0) }
        connectedUs = timeline.connected.map { Microseconds($0) }
        securedUs = timeline.secured.map { Microseconds($0) }
        sentUs = timeline.sent.map { Microseconds($0) }
        firstByteUs = timeline.firstByte.map { Microseconds($0) }
        firstTokenUs = timeline.firstToken.map { Microseconds($0) }
        reusedConnection = timeline.reusedConnection
        httpVersion = timeline.httpVersion
    }

    var timeline: RequestTimeline {
        var timeline = RequestTimeline()
        timeline.attempts = attempts.value
        timeline.started = startedUs.duration
        timeline.lookedUp = lookedUpUs?.duration
        timeline.connected = connectedUs?.duration
        timeline.secured = securedUs?.duration
        timeline.sent = sentUs?.duration
        timeline.firstByte = firstByteUs?.duration
        timeline.firstToken = firstTokenUs?.duration
        timeline.reusedConnection = reusedConnection
        timeline.httpVersion = httpVersion
        return timeline
    }
}

/// A `ServerReport` as its line has it; times by the server's clock. What the server didn't say is left out.
struct ServerFields: Codable {
    var run: Count
    var promptTokens: Count?
    var cachedTokens: Count?
    var completionTokens: Count?
    var reasoningTokens: Count?
    var prefillUs: Microseconds?
    var prefillTokens: Count?
    var decodeUs: Microseconds?
    var decodeTokens: Count?
    var loadUs: Microseconds?

    init(run: Int, _ report: ServerReport) {
        self.run = Count(run)
        promptTokens = report.promptTokens.map { Count($0) }
        cachedTokens = report.cachedTokens.map { Count($0) }
        completionTokens = report.completionTokens.map { Count($0) }
        reasoningTokens = report.reasoningTokens.map { Count($0) }
        prefillUs = report.prefill.map { Microseconds($0) }
        prefillTokens = report.prefillTokens.map { Count($0) }
        decodeUs = report.decode.map { Microseconds($0) }
        decodeTokens = report.decodeTokens.map { Count($0) }
        loadUs = report.load.map { Microseconds($0) }
    }

    var report: ServerReport {
        ServerReport(
            promptTokens: promptTokens?.value, cachedTokens: cachedTokens?.value,
            completionTokens: completionTokens?.value, reasoningTokens: reasoningTokens?.value,
            prefill: prefillUs?.duration, prefillTokens: prefillTokens?.value, decode: decodeUs?.duration,
            decodeTokens: decodeTokens?.value, load: loadUs?.duration)
    }
}
