import Chat

/// The figures of one answer, as the README defines them.
struct MetricsDocument: Codable, Sendable, Equatable {
    /// Gaps between tokens, in milliseconds.
    struct InterTokenLatency: Codable, Sendable, Equatable {
        var p50: Double?
        var p95: Double?
        var p99: Double?
        var list: [Double]
    }

    /// Bytes.
    struct Memory: Codable, Sendable, Equatable {
        var weightsMapped: Int
        var weightsResident: Int
        var repacked: Int
        var kvCache: Int
        var scratch: Int
        /// Resident and repacked weights, KV cache and scratch.
        var total: Int

        init(_ use: MemoryUse) {
            weightsMapped = use.weightsMapped
            weightsResident = use.weightsResident
            repacked = use.repacked
            kvCache = use.keyValueCache
            scratch = use.scratch
            total = use.total
        }
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
    var loadMs: Double
    var promptTokens: Int
    var cachedTokens: Int
    var generatedTokens: Int
    var memory: Memory?
    var context: Context
}
