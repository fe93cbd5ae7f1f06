import Chat
import Retrieval

/// What `retrieve index --json` writes.
struct RetrieveIndexDocument: JSONDocument {
    struct Skipped: Codable, Sendable {
        var path: String
        var reason: String
    }

    var schema = 1
    var folder: String
    var index: String
    var indexBytes: Int
    var files: Int
    var passages: Int
    var added: Int
    var changed: Int
    var removed: Int
    /// Passages whose vectors were computed now.
    var embedded: Int
    var embeddedTokens: Int
    /// Passages whose vectors an interrupted run had left.
    var recovered: Int
    var binaries: Int
    var skipped: [Skipped]
    /// Why the index that was there couldn't be gone on with; missing where nothing was wrong.
    var startedAnew: String?
    var ms: Double
    var embeddingMs: Double

    init(folder: String, index: String, _ summary: IndexSummary) {
        self.folder = folder
        self.index = index
        indexBytes = summary.bytes
        (files, passages) = (summary.files, summary.passages)
        (added, changed, removed) = (summary.added, summary.changed, summary.removed)
        (embedded, embeddedTokens, recovered) = (summary.embedded, summary.embeddedTokens, summary.recovered)
        binaries = summary.binaries
        skipped = summary.skipped.map { Skipped(path: $0.path, reason: $0.explanation) }
        startedAnew = summary.startedAnew
        ms = summary.duration.millisecondsForJSON
        embeddingMs = summary.embeddingDuration.millisecondsForJSON
    }

    /// The document for people.
    var text: String {
        let rate = embeddingMs > 0 && embedded > 0 ? Double(embeddedTokens) * 1000 / embeddingMs : nil
        let speed = rate.map { " at \(FigureText.rate($0))" } ?? ""
        let kept = recovered > 0 ? ", \(recovered) kept from an interrupted run" : ""
        return "\(files) files, \(passages) passages, \(FigureText.bytes(indexBytes)): \(added) files new, "
            + "\(changed) changed, \(removed) gone; \(embedded) passages embedded\(speed)\(kept); "
            + "\(FigureText.milliseconds(ms))\n\(index)\n"
    }
}
