/// Turns the events of one run into its figures. Pure: the times come with the events.
public struct MetricsRecorder: Sendable, Equatable {
    public private(set) var metrics: Metrics
    private var prefillStart: Duration?
    /// When the latest event with a time happened.
    private var lastTime = Duration.zero
    /// Token events so far, and how many of them may be several tokens.
    private var pieces = 0
    private var chunks = 0

    /// - Parameter profile: gives the load time, the length of the context and the price.
    public init(profile: ModelProfile) {
        metrics = Metrics(loadDuration: profile.loadDuration, contextAvailable: profile.contextLength)
        metrics.price = profile.price
        // A model in this process counts its prompt itself: nothing asked is nothing in the context.
        if profile.server == nil { (metrics.promptTokens, metrics.cachedTokens) = (0, 0) }
    }

    /// Takes in the next event of the run. O(1).
    public mutating func record(_ event: ChatEvent) {
        switch event {
        case .request(let timeline):
            metrics.request = timeline
        case .server(let report):
            var known = metrics.server ?? ServerReport()
            known.merge(report)
            metrics.server = known
            metrics.promptTokens = known.promptTokens ?? metrics.promptTokens
            metrics.cachedTokens = known.cachedTokens ?? metrics.cachedTokens
            countTokens()
        case .prompt(let summary):
            metrics.promptTokens = summary.tokens
            metrics.cachedTokens = summary.cachedTokens
        case .prefill(let computed, _, let at):
            lastTime = at
            if computed == 0, prefillStart == nil { prefillStart = at }
        case .token(let token):
            record(token)
        case .speculation(let figures):
            metrics.speculation = figures
        case .memory(let memory):
            metrics.memory = memory
            metrics.memorySamples.append(MemorySample(bytes: memory.total, at: lastTime))
        case .resources(let resources):
            metrics.resources = resources
        case .note:
            break
        case .finished(_, let at):
            metrics.totalDuration = at
        }
    }

    /// The server's count where it tells one, else that of what came.
    private mutating func countTokens() {
        metrics.generatedTokens = metrics.server?.completionTokens ?? pieces
        metrics.countsChunks = chunks > 0 && metrics.server?.completionTokens == nil
        metrics.gapsAreBetweenChunks = chunks > 0
        metrics.arrivedTokens = chunks > 0 ? nil : pieces
    }

    private mutating func record(_ token: ChatToken) {
        pieces += 1
        if token.isChunk { chunks += 1 }
        countTokens()
        if token.channel == .answer, metrics.timeToFirstOutput == nil { metrics.timeToFirstOutput = token.at }
        if let last = metrics.timeToLastToken {
            metrics.gaps.append(max(.zero, token.at - last))
        } else {
            metrics.timeToFirstToken = token.at
            metrics.prefillDuration = token.at - (prefillStart ?? .zero)
        }
        metrics.timeToLastToken = token.at
        lastTime = token.at
    }
}
