import Chat
import Foundation

/// What ``JSONExport`` writes.
struct SessionDocument: Encodable {
    struct Pane: Encodable {
        var pane: Int
        var role: PaneRole?
        var model: String
        var name: String
        /// Missing for a model in the program's own process.
        var server: ModelServer?
        var architecture: String?
        var format: String?
        var parameterCount: Int?
        var fileBytes: Int?
        var contextLength: Int?
        var hasChatTemplate: Bool
        var threads: Int?
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
        /// Of a branch, the part of `answer` that was there before; `tokens` has the rest.
        var answerBeginning: String?
        /// Left out where the model thought nothing.
        var thoughts: String?
        var outcome: Outcome
        var notes: [String]
        var metrics: MetricsDocument
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
        /// Left out for tokens of the answer.
        var channel: ChatToken.Channel?
        /// Left out where it is known to be one token.
        var chunk: Bool?
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
