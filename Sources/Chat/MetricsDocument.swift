/// The figures of one answer, as JSON carries them; see the README for what they mean. Times are in milliseconds, sizes in
/// bytes. All times are by the clock of this side, but those of `server`.
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
        /// "tokens", or "chunks" where a server doesn't say which tokens it sends.
        public var between: String
    }

    /// How the request to a server travelled.
    public struct Request: Codable, Sendable, Equatable {
        public struct Phase: Codable, Sendable, Equatable {
            public var step: RequestTimeline.Step
            public var fromMs: Double
            public var ms: Double
        }

        public var attempts: Int
        public var reusedConnection: Bool
        public var httpVersion: String?
        /// In order, without gaps between them.
        public var phases: [Phase]
    }

    /// What the server said, by its own counters and clock.
    public struct Server: Codable, Sendable, Equatable {
        public var promptTokens: Int?
        public var cachedTokens: Int?
        public var completionTokens: Int?
        public var reasoningTokens: Int?
        public var prefillMs: Double?
        public var prefillTokensPerSecond: Double?
        public var decodeMs: Double?
        public var decodeTokensPerSecond: Double?
        public var loadMs: Double?
    }

    /// At the price that the configuration states.
    public struct Price: Codable, Sendable, Equatable {
        public var amount: Double
        public var ofThousand: Double
        public var currency: String
        public var basis: Cost.Basis
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
        public var used: Int?
        public var available: Int?
    }

    public var ttftMs: Double?
    public var ttfoMs: Double?
    public var itlMs: InterTokenLatency
    public var tpotMs: Double?
    public var prefillTokensPerSecond: Double?
    public var decodeTokensPerSecond: Double?
    public var totalMs: Double?
    public var loadMs: Double
    public var promptTokens: Int?
    public var cachedTokens: Int?
    public var generatedTokens: Int
    /// "tokens", or "chunks" where a server doesn't say how many tokens it sent.
    public var generatedUnit: String
    /// Missing where nothing was guessed.
    public var speculation: Speculation?
    public var memory: Memory?
    public var context: Context
    /// Missing where nobody measures it.
    public var resources: Resources?
    /// Missing for a model in this process.
    public var request: Request?
    /// Missing where no server said anything.
    public var server: Server?
    /// Missing where no price is configured.
    public var cost: Price?
}

extension MetricsDocument {
    public init(_ metrics: Metrics) {
        ttftMs = metrics.timeToFirstToken?.millisecondsForJSON
        ttfoMs = metrics.timeToFirstOutput?.millisecondsForJSON
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
        generatedUnit = metrics.countsChunks ? "chunks" : "tokens"
        resources = metrics.resources.map(Resources.init)
        request = metrics.request.map(Request.init)
        server = metrics.server.map(Server.init)
        cost = metrics.cost.map(Price.init)
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
        between = metrics.gapsAreBetweenChunks ? "chunks" : "tokens"
    }
}

extension MetricsDocument.Request {
    public init(_ timeline: RequestTimeline) {
        attempts = timeline.attempts
        reusedConnection = timeline.reusedConnection
        httpVersion = timeline.httpVersion
        phases = timeline.phases.map {
            Phase(step: $0.step, fromMs: $0.from.millisecondsForJSON, ms: $0.duration.millisecondsForJSON)
        }
    }
}

extension MetricsDocument.Server {
    public init(_ report: ServerReport) {
        promptTokens = report.promptTokens
        cachedTokens = report.cachedTokens
        completionTokens = report.completionTokens
        reasoningTokens = report.reasoningTokens
        prefillMs = report.prefill?.millisecondsForJSON
        prefillTokensPerSecond = report.prefillTokensPerSecond?.roundedForJSON
        decodeMs = report.decode?.millisecondsForJSON
        decodeTokensPerSecond = report.decodeTokensPerSecond?.roundedForJSON
        loadMs = report.load?.millisecondsForJSON
    }
}

extension MetricsDocument.Price {
    public init(_ cost: Cost) {
        amount = cost.amount
        ofThousand = cost.times(1000).amount
        currency = cost.currency
        basis = cost.basis
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
