import Chat
import Retrieval

/// What `retrieve search --questions --json` writes.
struct RetrieveEvaluationDocument: JSONDocument {
    struct Share: Codable, Sendable, Equatable {
        var value: Double
        /// The ends of the 95 % interval (Wilson 1927).
        var low: Double
        var high: Double

        init(_ proportion: Proportion) {
            value = proportion.value
            (low, high) = (proportion.interval.lowerBound, proportion.interval.upperBound)
        }
    }

    struct Mode: Codable, Sendable, Equatable {
        var mode: SearchMode
        var recallAt1: Share
        var recallAt5: Share
        var recallAt10: Share
        /// Of ranks up to 10.
        var meanReciprocalRank: Double
    }

    struct Question: Codable, Sendable, Equatable {
        var question: String
        /// From 1; missing where no expected place is among the first ten.
        var fused: Int?
        var bm25: Int?
        var dense: Int?
    }

    var schema = 1
    var folder: String
    var passages: Int
    var modes: [Mode]
    var questions: [Question]

    init(_ searcher: Searcher, _ report: RecallReport) {
        folder = searcher.folder
        passages = searcher.passageCount
        modes = SearchMode.allCases.compactMap { mode in
            guard let one = report.recall(mode, at: 1), let five = report.recall(mode, at: 5),
                let ten = report.recall(mode, at: 10)
            else { return nil }
            return Mode(
                mode: mode, recallAt1: Share(one), recallAt5: Share(five), recallAt10: Share(ten),
                meanReciprocalRank: report.meanReciprocalRank(mode).roundedForJSON)
        }
        questions = report.rows.map {
            Question(question: $0.question, fused: $0.ranks[.fused], bm25: $0.ranks[.bm25], dense: $0.ranks[.dense])
        }
    }

    /// The document for people.
    var text: String {
        var table = TextTable()
        table.add("", "recall at 1", "recall at 5", "95 % interval", "recall at 10", "MRR")
        for mode in modes {
            let five = mode.recallAt5
            table.add(
                mode.mode.rawValue, Self.percent(mode.recallAt1.value), Self.percent(five.value),
                "\(Self.percent(five.low)) to \(Self.percent(five.high))", Self.percent(mode.recallAt10.value),
                FigureText.fixed(mode.meanReciprocalRank, places: 3))
        }
        let missed = questions.filter { ($0.fused ?? .max) > 5 }.map { "missed: \($0.question)\n" }
        return table.text + "\(questions.count) questions, \(passages) passages\n" + missed.joined()
    }

    private static func percent(_ value: Double) -> String { FigureText.fixed(100 * value, places: 0) + " %" }
}
