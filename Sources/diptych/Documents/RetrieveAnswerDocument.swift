import Chat
import Retrieval

/// What `retrieve answer --json` writes.
struct RetrieveAnswerDocument: JSONDocument {
    struct Source: Codable, Sendable, Equatable {
        /// By which the answer cites it.
        var number: Int
        /// `path:lines`.
        var location: String
        var isCited: Bool
        var hit: RetrieveSearchDocument.Hit
    }

    var schema = 1
    var question: String
    /// Missing where nothing that was found is about the question.
    var text: String?
    var encoder: String
    var model: String
    var sources: [Source]
    /// Numbers that the answer cites and no source has.
    var unknownCitations: [Int]
    var finish: FinishReason?
    var notes: [String]
    /// The small model's half.
    var search: RetrieveSearchDocument.Times
    /// The large model's half; missing where it wasn't asked.
    var metrics: MetricsDocument?

    init(_ answer: GroundedAnswer, model: String, searcher: Searcher, notes: [String]) {
        question = answer.question
        text = answer.text
        encoder = searcher.encoderName
        self.model = model
        sources = answer.sources.enumerated().map { index, hit in
            Source(
                number: index + 1, location: hit.location, isCited: answer.citations.known.contains(index + 1),
                hit: RetrieveSearchDocument.Hit(hit))
        }
        unknownCitations = answer.citations.unknown
        finish = answer.finish
        self.notes = notes + answer.warnings
        search = RetrieveSearchDocument.Times(answer.search)
        metrics = MetricsDocument(answer.metrics)
    }

    init(nothingFound result: SearchResult, _ question: String, model: String, searcher: Searcher, _ remark: String) {
        self.question = question
        encoder = searcher.encoderName
        self.model = model
        (sources, unknownCitations) = ([], [])
        notes = [remark]
        search = RetrieveSearchDocument.Times(result.times)
    }

    /// The places that the answer rests on, for people.
    var sourceList: String {
        sources.map { "[\($0.number)] \($0.location)\($0.isCited ? "" : "  (not cited)")\n" }.joined()
    }
}
