import Chat

/// The figures of one answer, as the README defines them. Times are in milliseconds, sizes in bytes.
struct MetricsDocument: Codable, Sendable, Equatable {
    /// Gaps between tokens, in milliseconds.
    struct InterTokenLatency: Codable, Sendable, Equatable {
        var p50: Double?
        var p95: Double?
        var p99: Double?
        /// How many gaps are longer than four times the median.
        var stalls: Int
        /// Every gap, in order.
        var list: [Double]
    }

    struct Memory: Codable, Sendable, Equatable {
        var weightsMapped: Int
        var weightsResident: Int
        var repacked: Int
        var kvCache: Int
        var scratch: Int
        /// Resident and repacked weights, KV cache and scratch.
        var total: Int
    }

    /// What guesses brought.
    struct Speculation: Codable, Sendable, Equatable {
        var drafted: Int
        var accepted: Int
        var rejected: Int
        var passes: Int
        var tokensPerPass: Double
        /// Relative to one token a pass, estimated from this answer's own single-token passes.
        var estimatedSpeedup: Double?
    }

    /// What the run took of the machine.
    struct Resources: Codable, Sendable, Equatable {
        /// CPU time of this process, all threads together.
        var cpuMs: Double
        var elapsedMs: Double
        /// On average, over the time elapsed.
        var busyProcessors: Double?
        /// Of all that ran on the processors meanwhile.
        var energyJoules: Double?
        /// Whose counter it was, or why there is no figure.
        var energyNote: String?
    }

    /// Tokens.
    struct Context: Codable, Sendable, Equatable {
        var used: Int
        var available: Int
    }

    var ttftMs: Double?
    var itlMs: InterTokenLatency
    var tpotMs: Double?
    var prefillTokensPerSecond: Double?
    var decodeTokensPerSecond: Double?
    var totalMs: Double?
    var loadMs: Double
    var promptTokens: Int
    var cachedTokens: Int
    var generatedTokens: Int
    /// Missing where nothing was guessed.
    var speculation: Speculation?
    var memory: Memory?
    var context: Context
    /// Missing where nobody measures it.
    var resources: Resources?
}

extension MetricsDocument {
    init(_ metrics: Metrics) {
        ttftMs = metrics.timeToFirstToken?.milliseconds
        itlMs = InterTokenLatency(metrics)
        tpotMs = metrics.timePerOutputToken?.milliseconds
        prefillTokensPerSecond = metrics.prefillTokensPerSecond?.roundedForJSON
        decodeTokensPerSecond = metrics.decodeTokensPerSecond?.roundedForJSON
        totalMs = metrics.totalDuration?.milliseconds
        loadMs = metrics.loadDuration.milliseconds
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
    init(_ metrics: Metrics) {
        let distribution = metrics.interTokenLatency
        p50 = distribution?.p50.milliseconds
        p95 = distribution?.p95.milliseconds
        p99 = distribution?.p99.milliseconds
        stalls = distribution?.stalls ?? 0
        list = metrics.gaps.map(\.milliseconds)
    }
}

extension MetricsDocument.Speculation {
    init(_ figures: SpeculationFigures) {
        drafted = figures.drafted
        accepted = figures.accepted
        rejected = figures.rejected
        passes = figures.passes
        tokensPerPass = figures.tokensPerPass.roundedForJSON
        estimatedSpeedup = figures.estimatedSpeedup?.roundedForJSON
    }
}

extension MetricsDocument.Resources {
    init(_ use: ResourceUse) {
        cpuMs = use.processorTime.milliseconds
        elapsedMs = use.elapsed.milliseconds
        busyProcessors = use.busyProcessors?.roundedForJSON
        switch use.energy {
        case .measured(let joules, let domain): (energyJoules, energyNote) = (joules.roundedForJSON, domain)
        case .unavailable(let reason): (energyJoules, energyNote) = (nil, reason)
        }
    }
}

extension MetricsDocument.Memory {
    init(_ use: MemoryUse) {
        weightsMapped = use.weightsMapped
        weightsResident = use.weightsResident
        repacked = use.repacked
        kvCache = use.keyValueCache
        scratch = use.scratch
        total = use.total
    }
}
