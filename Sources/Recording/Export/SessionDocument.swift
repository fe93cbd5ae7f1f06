import Chat
import Foundation

/// What ``JSONExport`` writes.
struct SessionDocument: Encodable {
    struct Pane: Encodable {
        var pane: Int
        var role: PaneRole?
        var model: String
        var name: String
        var architecture: String
        var format: String
        var parameterCount: Int
        var fileBytes: Int
        var contextLength: Int
        var hasChatTemplate: Bool
        var threads: Int
        var loadMs: Double
        var file: RecordedModelFile?
        var parameters: PaneParameters
        var openedMs: Double
        var closedMs: Double?
    }

    struct Turn: Encodable {
        var turn: Int
        var purpose: RunStart.Purpose
        var prompt: String
        var concurrent: Bool
        var answers: [Answer]
    }

    struct Answer: Encodable {
        var run: Int
        /// The place in the list of panes, from 0.
        var pane: Int
        var startedMs: Double
        var messages: [Message]
        var sampling: SamplingOptions
        var maximumTokens: Int?
        var speculation: SpeculationMode
        var usesCache: Bool
        var answer: String
        var outcome: Outcome
        var notes: [String]
        var metrics: MetricsFields
        var tokens: [Token]
    }

    struct Outcome: Encodable {
        enum Kind: String, Encodable { case finished, failed, cancelled, unfinished }

        var kind: Kind
        var finish: FinishReason?
        var error: String?
    }

    struct Token: Encodable {
        var id: Int?
        var text: String
        var atMs: Double
        var logprob: Double?
        var entropy: Double?
        var drafted: Bool?
        var top: [ChatToken.Alternative]?
    }

    struct Vote: Encodable {
        var prompt: String
        var panes: [Int]
        var outcome: String
        var winner: Int?
        var atMs: Double
    }

    struct Remark: Encodable {
        var text: String
        var atMs: Double
    }

    var schema = JSONExport.schema
    var program: String
    var version: String
    var started: Date
    var machine: RecordedMachine
    /// False where the file breaks off in the middle of a record.
    var isWhole: Bool
    var panes: [Pane]
    var turns: [Turn]
    var votes: [Vote]
    var remarks: [Remark]
}

/// The figures of one answer, as `compare --json` names them.
struct MetricsFields: Encodable {
    struct Latency: Encodable {
        var p50: Double?
        var p95: Double?
        var p99: Double?
        var stalls: Int
        var list: [Double]
    }

    struct Memory: Encodable {
        var weightsMapped: Int
        var weightsResident: Int
        var repacked: Int
        var kvCache: Int
        var scratch: Int
        var total: Int
    }

    struct Resources: Encodable {
        var cpuMs: Double
        var elapsedMs: Double
        var busyProcessors: Double?
        var energyJoules: Double?
        /// Whose counter it was, or why there is no figure.
        var energyNote: String?
    }

    struct Speculation: Encodable {
        var drafted: Int
        var accepted: Int
        var rejected: Int
        var passes: Int
        var tokensPerPass: Double
        var estimatedSpeedup: Double?
    }

    struct Context: Encodable {
        var used: Int
        var available: Int
    }

    var ttftMs: Double?
    var itlMs: Latency
    var tpotMs: Double?
    var prefillTokensPerSecond: Double?
    var decodeTokensPerSecond: Double?
    var totalMs: Double?
    var loadMs: Double
    var promptTokens: Int
    var cachedTokens: Int
    var generatedTokens: Int
    var speculation: Speculation?
    var memory: Memory?
    var resources: Resources?
    var context: Context
}
