import Chat

/// What `compare --json` writes.
struct CompareDocument: JSONDocument {
    enum Mode: String, Codable, Sendable { case sequential, concurrent }

    /// One model's answer.
    struct Pane: Codable, Sendable, Equatable {
        /// Absent where there is only one model, and of those between the smallest and the largest.
        var role: PaneRole?
        var model: String
        /// The server it is on; missing for a model in this process.
        var server: ModelServer?
        /// The first repeat's answer.
        var answer: String
        /// What the model thought before it, in the first repeat; missing where it didn't.
        var reasoning: String?
        /// Missing where the answer failed.
        var finish: FinishReason?
        /// Why the answer isn't whole.
        var error: String?
        /// What else the reader should know, such as that the model has no chat template.
        var notes: [String]
        /// Where there are several repeats, medians over them.
        var metrics: MetricsDocument
        /// The figures of each repeat, in order; empty where there is only one.
        var repeats: [MetricsDocument]
        /// How far the repeats lie apart; absent where there is only one.
        var spread: Spread?
    }

    /// For each figure its smallest, middle and largest value among the repeats.
    struct Spread: Codable, Sendable, Equatable {
        struct Range: Codable, Sendable, Equatable {
            var minimum: Double
            var median: Double
            var maximum: Double
        }

        var ttftMs: Range?
        var tpotMs: Range?
        var prefillTokensPerSecond: Range?
        var decodeTokensPerSecond: Range?
        var loadMs: Range?
    }

    /// How many times better the small model is; below 1 it is worse.
    struct Verdict: Codable, Sendable, Equatable {
        var ttftAdvantage: Double?
        var decodeAdvantage: Double?
        var memoryAdvantage: Double?
        var sentence: String?
    }

    var schema = 1
    var prompt: String
    var mode: Mode
    var panes: [Pane]
    /// Absent where there aren't both a small and a large model.
    var comparison: Verdict?
}
