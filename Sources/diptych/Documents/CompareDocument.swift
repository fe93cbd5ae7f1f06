import Chat

/// What `compare --json` writes.
struct CompareDocument: JSONDocument {
    enum Mode: String, Codable, Sendable { case sequential, concurrent }

    /// One model's answer.
    struct Pane: Codable, Sendable, Equatable {
        /// Absent where more than two models are compared, for those between the smallest and the largest.
        var role: PaneRole?
        var model: String
        /// The first repeat's answer.
        var answer: String
        var finish: FinishReason
        var notes: [String]
        /// Where there are several repeats, the median of each figure.
        var metrics: MetricsDocument
        /// The figures of each repeat, in order; empty where there is only one.
        var repeats: [MetricsDocument]
        /// How far the repeats lie apart; absent where there is only one.
        var spread: Spread?
    }

    /// Smallest and largest values among the repeats.
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

    var schema = 1
    var prompt: String
    var mode: Mode
    var panes: [Pane]
    /// Absent where there aren't both a small and a large model.
    var comparison: ComparisonFigures?
}
