/// Turns the events of one run into its figures. Pure: the times come with the events.
public struct MetricsRecorder: Sendable, Equatable {
    public private(set) var metrics: Metrics
    private var prefillStart: Duration?
    /// When the latest event with a time happened.
    private var lastTime = Duration.zero

    /// - Parameter profile: gives the load time and the length of the context.
    public init(profile: ModelProfile) {
        metrics = Metrics(loadDuration: profile.loadDuration, contextAvailable: profile.contextLength)
    }

    /// Takes in the next event of the run. O(1).
    public mutating func record(_ event: ChatEvent) {
        switch event {
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

    private mutating func record(_ token: ChatToken) {
        metrics.generatedTokens += 1
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
