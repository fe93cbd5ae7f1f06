/// The figures of one answer, as JSON carries them; see the README for what they mean. Times are in milliseconds, sizes in
/// bytes.
public struct MetricsDocument: Codable, Sendable, Equatable {
    /// Gaps between tokens, in milliseconds.
    public struct InterTokenLatency: Codable, Sendable, Equatable {
        public var p50: Double?
        public var p95: Double?
        public var p99: Double?
        /// How many gaps are longer than four times the median.
        public var stalls: Int
        /// Every gap, in order.
        public var list: [Double]
    }

    public struct Memory: Codable, Sendable, Equatable {
        public var weightsMapped: Int
        public var weightsResident: Int
        public var repacked: Int
        public var kvCache: Int
        public var scratch: Int
        /// Resident and repacked weights, KV cache and scratch.
        public var total: Int
    }

    /// What guesses brought.
    public struct Speculation: Codable, Sendable, Equatable {
        public var drafted: Int
        public var accepted: Int
        public var rejected: Int
        public var passes: Int
        public var tokensPerPass: Double
        /// Relative to one token a pass, estimated from this answer's own single-token passes.
        public var estimatedSpeedup: Double?
    }

    /// What the run took of the machine.
    public struct Resources: Codable, Sendable, Equatable {
        /// CPU time of this process, all threads together.
        public var cpuMs: Double
        public var elapsedMs: Double
        /// On average, over the time elapsed.
        public var busyProcessors: Double?
        /// Of all that ran on the processors meanwhile.
        public var energyJoules: Double?
        /// Whose counter it was, or why there is no figure.
        public var energyNote: String?
    }

    /// Tokens.
    public struct Context: Codable, Sendable, Equatable {
        public var used: Int
        public var available: Int
    }

    public var ttftMs: Double?
    public var itlMs: InterTokenLatency
    public var tpotMs: Double?
    public var prefillTokensPerSecond: Double?
    public var decodeTokensPerSecond: Double?
    public var totalMs: Double?
    public var loadMs: Double
    public var promptTokens: Int
    public var cachedTokens: Int
    public var generatedTokens: Int
    /// Missing where nothing was guessed.
    public var speculation: Speculation?
    public var memory: Memory?
    public var context: Context
    /// Missing where nobody measures it.
    public var resources: Resources?
}

extension MetricsDocument {
    public init(_ metrics: Metrics) {
        ttftMs = metrics.timeToFirstToken?.millisecondsForJSON
        itlMs = InterTokenLatency(metrics)
        tpotMs = metrics.timePerOutputToken?.millisecondsForJSON
        prefillTokensPerSecond = metrics.prefillTokensPerSecond?.roundedForJSON
        decodeTokensPerSecond = metrics.decodeTokensPerSecond?.roundedForJSON
        totalMs = metrics.totalDuration?.millisecondsForJSON
        loadMs = metrics.loadDuration.millisecondsForJSON
        promptTokens = metrics.promptTokens
        cachedTokens = metrics.cachedTokens
        generatedTokens = metrics.generatedTokens
        speculation = metrics.speculation.map(Speculation.init)
        memory = metrics.memory.map(Memory.init)
        context = Context(used: metrics.contextUsed, available: metrics.contextAvailable)
        resources = metrics.resources.map(Resources.init)
    }
}

extension MetricsDocument.InterTokenLatency {
    public init(_ metrics: Metrics) {
        let distribution = metrics.interTokenLatency
        p50 = distribution?.p50.millisecondsForJSON
        p95 = distribution?.p95.millisecondsForJSON
        p99 = distribution?.p99.millisecondsForJSON
        stalls = distribution?.stalls ?? 0
        list = metrics.gaps.map(\.millisecondsForJSON)
    }
}

extension MetricsDocument.Speculation {
    public init(_ figures: SpeculationFigures) {
        drafted = figures.drafted
        accepted = figures.accepted
        rejected = figures.rejected
        passes = figures.passes
        tokensPerPass = figures.tokensPerPass.roundedForJSON
        estimatedSpeedup = figures.estimatedSpeedup?.roundedForJSON
    }
}

extension MetricsDocument.Resources {
    public init(_ use: ResourceUse) {
        cpuMs = use.processorTime.millisecondsForJSON
        elapsedMs = use.elapsed.millisecondsForJSON
        busyProcessors = use.busyProcessors?.roundedForJSON
        switch use.energy {
        case .measured(let joules, let domain): (energyJoules, energyNote) = (joules.roundedForJSON, domain)
        case .unavailable(let reason): (energyJoules, energyNote) = (nil, reason)
        }
    }
}

extension MetricsDocument.Memory {
    public init(_ use: MemoryUse) {
        weightsMapped = use.weightsMapped
        weightsResident = use.weightsResident
        repacked = use.repacked
        kvCache = use.keyValueCache
        scratch = use.scratch
        total = use.total
    }
}

extension Double {
    /// To the third decimal: a microsecond where the unit is a millisecond.
    public var roundedForJSON: Double { (self * 1000).rounded() / 1000 }
}

extension Duration {
    /// In milliseconds, to the microsecond.
    public var millisecondsForJSON: Double { milliseconds.roundedForJSON }
}
