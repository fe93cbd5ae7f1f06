import Chat

/// How often a ranking has the right passage near its top.
public struct RecallReport: Sendable, Equatable {
    /// One question's places in the rankings.
    public struct Row: Sendable, Equatable {
        public var question: String
        /// From 1; missing where none of the expected places is among the first ``RecallReport/depth``.
        public var ranks: [SearchMode: Int]

        public init(question: String, ranks: [SearchMode: Int]) {
            (self.question, self.ranks) = (question, ranks)
        }
    }

    /// How far each ranking is looked at.
    public static let depth = 10

    public var rows: [Row]

    public init(rows: [Row]) { self.rows = rows }

    /// The share of questions with an expected place among the first `count`.
    public func recall(_ mode: SearchMode, at count: Int) -> Proportion? {
        let found = rows.count { ($0.ranks[mode] ?? .max) <= count }
        return Proportion(successes: Double(found), trials: rows.count)
    }

    /// The mean of 1 / rank, where what isn't among the first ``depth`` counts 0.
    public func meanReciprocalRank(_ mode: SearchMode) -> Double {
        rows.isEmpty ? 0 : rows.reduce(0) { $0 + ($1.ranks[mode].map { 1 / Double($0) } ?? 0) } / Double(rows.count)
    }

    /// How many questions only the first of two rankings has among its first `count`, and how many only the second: what a
    /// sign test of their difference rests on.
    public func onlyIn(_ first: SearchMode, _ second: SearchMode, at count: Int) -> (first: Int, second: Int) {
        let found = rows.map { row in [first, second].map { (row.ranks[$0] ?? .max) <= count } }
        return (found.count { $0[0] && !$0[1] }, found.count { !$0[0] && $0[1] })
    }
}

extension Searcher {
    /// Asks every question in every mode.
    /// - Parameter progress: told how many questions are done.
    /// - Throws: what ``search(_:count:mode:)`` throws.
    public func evaluate(
        _ questions: [RetrievalQuestion], modes: [SearchMode] = SearchMode.allCases, progress: (Int) -> Void = { _ in }
    ) async throws -> RecallReport {
        var rows: [RecallReport.Row] = []
        for question in questions {
            var ranks: [SearchMode: Int] = [:]
            for mode in modes {
                let hits = try await search(question.question, count: RecallReport.depth, mode: mode).hits
                ranks[mode] = hits.first { hit in question.expected.contains { $0.isHit(hit) } }?.rank
            }
            rows.append(RecallReport.Row(question: question.question, ranks: ranks))
            progress(rows.count)
        }
        return RecallReport(rows: rows)
    }
}
