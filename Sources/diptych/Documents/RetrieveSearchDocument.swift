import Chat
import Retrieval

/// What `retrieve search --json` writes.
struct RetrieveSearchDocument: JSONDocument {
    struct Hit: Codable, Sendable, Equatable {
        struct Part: Codable, Sendable, Equatable {
            var rank: Int
            var score: Double

            init(_ part: SearchHit.Part) { (rank, score) = (part.rank, part.score) }
        }

        var rank: Int
        var path: String
        /// Lines of the file; missing for a PDF.
        var firstLine: Int?
        var lastLine: Int?
        /// Of a PDF; missing elsewhere.
        var firstPage: Int?
        var lastPage: Int?
        var trail: String
        var text: String
        var score: Double
        /// Missing where the passage isn't among the best by words.
        var bm25: Part?
        /// Missing where the passage isn't among the best by meaning.
        var dense: Part?

        init(_ hit: SearchHit) {
            (rank, path, trail, text, score) = (hit.rank, hit.path, hit.trail, hit.text, hit.score)
            if hit.isPaged {
                (firstPage, lastPage) = (hit.lines.lowerBound, hit.lines.upperBound)
            } else {
                (firstLine, lastLine) = (hit.lines.lowerBound, hit.lines.upperBound)
            }
            (bm25, dense) = (hit.bm25.map(Part.init), hit.dense.map(Part.init))
        }
    }

    struct Times: Codable, Sendable, Equatable {
        /// The question's vector; missing where none was needed.
        var embedMs: Double?
        /// All vectors, and the best of them.
        var scanMs: Double?
        var bm25Ms: Double?
        /// Fusing, and reading what was found.
        var rankMs: Double
        var totalMs: Double

        init(_ times: SearchResult.Times) {
            embedMs = times.embed?.millisecondsForJSON
            scanMs = times.scan?.millisecondsForJSON
            bm25Ms = times.bm25?.millisecondsForJSON
            rankMs = times.rank.millisecondsForJSON
            totalMs = times.total.millisecondsForJSON
        }

        /// One line for people.
        func text(passages: Int) -> String {
            let parts = [("question's vector", embedMs), ("scan", scanMs), ("BM25", bm25Ms), ("ranking", rankMs)]
            let known = parts.compactMap { name, ms in ms.map { "\(name) \(FigureText.milliseconds($0))" } }
            return "\(passages) passages in \(FigureText.milliseconds(totalMs)): " + known.joined(separator: ", ")
        }
    }

    var schema = 1
    var question: String
    var mode: SearchMode
    var folder: String
    var passages: Int
    var hits: [Hit]
    var times: Times

    init(_ question: String, _ mode: SearchMode, _ searcher: Searcher, _ result: SearchResult) {
        self.question = question
        self.mode = mode
        folder = searcher.folder
        passages = searcher.passageCount
        hits = result.hits.map(Hit.init)
        times = Times(result.times)
        texts = result.hits.map { hit in Self.text(hit, question) }
    }

    private var texts: [String]

    private enum CodingKeys: String, CodingKey {
        case schema, question, mode, folder, passages, hits, times
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        schema = try container.decode(Int.self, forKey: .schema)
        question = try container.decode(String.self, forKey: .question)
        mode = try container.decode(SearchMode.self, forKey: .mode)
        folder = try container.decode(String.self, forKey: .folder)
        passages = try container.decode(Int.self, forKey: .passages)
        hits = try container.decode([Hit].self, forKey: .hits)
        times = try container.decode(Times.self, forKey: .times)
        texts = []
    }

    /// The document for people.
    var text: String {
        texts.isEmpty ? "nothing was found\n" : texts.joined()
    }

    private static func text(_ hit: SearchHit, _ question: String) -> String {
        let parts = [("bm25", hit.bm25, 1), ("dense", hit.dense, 3)].compactMap { name, part, places in
            part.map { "\(name) #\($0.rank) \(FigureText.fixed($0.score, places: places))" }
        }
        let trail = hit.trail.isEmpty ? "" : "  \(hit.trail)"
        let lines = Snippet.lines(of: hit.text, for: question).map { "    \($0)\n" }.joined()
        return "\(hit.rank)  \(hit.location)\(trail)  [\(parts.joined(separator: ", "))]\n\(lines)"
    }
}
