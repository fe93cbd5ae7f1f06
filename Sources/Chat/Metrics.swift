/// The figures of one run, measured on this side by the clock that starts before the prompt is rendered; what a server
/// says of its own work stands apart in ``server``.
///
/// ``MetricsRecorder`` keeps them up to date while the run goes on; a figure that isn't known yet is nil.
public struct Metrics: Sendable, Equatable {
    /// From opening the model to ready; not part of any other figure.
    public var loadDuration: Duration
    /// Tokens that fit in the context; nil where a server doesn't say.
    public var contextAvailable: Int?
    /// All tokens of the prompt; nil until somebody has counted them.
    public var promptTokens: Int?
    /// The part of the prompt that was in the KV cache already; nil where a server doesn't say.
    public var cachedTokens: Int?
    /// Sampled tokens, those without text among them: counted here, or by the server where it tells its count.
    public var generatedTokens = 0
    /// Tokens that came here one by one; nil where some came in chunks. A server's own count may have one more: that which
    /// ended the answer, and isn't sent.
    public var arrivedTokens: Int?
    /// Whether ``generatedTokens`` counts chunks of a server that doesn't tell how many tokens they are.
    public var countsChunks = false
    /// Whether ``gaps`` lie between chunks of a server rather than between tokens.
    public var gapsAreBetweenChunks = false
    /// TTFT: from the start of the clock to the first sampled token.
    public var timeToFirstToken: Duration?
    /// TTFO: to the first token of the answer, behind whatever the model thinks before it.
    public var timeToFirstOutput: Duration?
    /// From the start of prefill to the first sampled token. Prefill starts with the event that reports no token
    /// computed yet; where a backend doesn't send one, with the clock.
    public var prefillDuration: Duration?
    /// When the last token came, from the start of the clock.
    public var timeToLastToken: Duration?
    /// When the run ended, from the start of the clock.
    public var totalDuration: Duration?
    /// ITL: the gaps between neighbouring tokens or chunks, in order.
    public var gaps: [Duration] = []
    /// What guesses brought; nil if none were made.
    public var speculation: SpeculationFigures?
    /// The last that was heard of the model's memory.
    public var memory: MemoryUse?
    /// The model's memory as the run went on, in order.
    public var memorySamples: [MemorySample] = []
    /// What the run took of the machine; nil where nobody measures it.
    public var resources: ResourceUse?
    /// How the request travelled; nil for a model in this process.
    public var request: RequestTimeline?
    /// What the server said of its own work; nil if it said nothing.
    public var server: ServerReport?
    /// What an answer costs; nil where nobody said.
    public var price: Price?

    public init(loadDuration: Duration, contextAvailable: Int?) {
        self.loadDuration = loadDuration
        self.contextAvailable = contextAvailable
    }

    /// Prompt tokens that had to be computed.
    public var computedTokens: Int? { promptTokens.map { max(0, $0 - (cachedTokens ?? 0)) } }

    /// Tokens of prompt and answer in the context.
    public var contextUsed: Int? { promptTokens.map { $0 + generatedTokens } }

    /// Prompt tokens computed a second, cached ones not counted; nil before the first token, where none was computed,
    /// and for a server: what passes here until its first token is more than its prefill.
    public var prefillTokensPerSecond: Double? {
        guard request == nil, let seconds = prefillDuration?.inSeconds, seconds > 0, let computedTokens,
            computedTokens > 0
        else { return nil }
        return Double(computedTokens) / seconds
    }

    /// (n - 1) / (last token - first token), for n tokens that came.
    public var decodeTokensPerSecond: Double? {
        let count = arrivedTokens ?? generatedTokens
        guard count > 1, let timeToFirstToken, let timeToLastToken else { return nil }
        let seconds = (timeToLastToken - timeToFirstToken).inSeconds
        return seconds > 0 ? Double(count - 1) / seconds : nil
    }

    /// TPOT: (end - first token) / (n - 1), for n generated tokens; nil until the run has ended.
    public var timePerOutputToken: Duration? {
        guard generatedTokens > 1, let timeToFirstToken, let totalDuration else { return nil }
        return (totalDuration - timeToFirstToken) / (generatedTokens - 1)
    }

    /// Whether the first token was none of the answer.
    var startsWithThoughts: Bool { timeToFirstToken != nil && timeToFirstOutput != timeToFirstToken }

    /// Joules, where a counter of the machine measured them.
    public var energyJoules: Double? {
        if case .measured(let joules, _) = resources?.energy { joules } else { nil }
    }

    /// How the gaps are distributed; nil before the second token. O(n log n).
    public var interTokenLatency: LatencyDistribution? { LatencyDistribution(of: gaps) }
}

extension Duration {
    /// The duration in seconds, as a floating-point number.
    public var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }
}
