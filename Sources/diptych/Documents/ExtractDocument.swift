import Evaluation
import Tasks

/// What `extract --json` writes.
struct ExtractDocument: JSONDocument {
    struct Side: Codable, Sendable, Equatable {
        var figures: SideFigures
        /// Records that are as expected as a whole; missing where nothing was expected.
        var records: ShareFigures?
        /// Of all fields of all records.
        var allFields: ShareFigures?
        /// Answers that are of the schema, of all texts.
        var valid: ShareFigures?
        var fields: [Field]
        var failures: [Failure]
    }

    struct Field: Codable, Sendable, Equatable {
        /// The way to it, such as "vendor.city".
        var path: String
        var right: Int
        var expected: Int
    }

    struct Failure: Codable, Sendable, Equatable {
        var id: String
        var reason: String
    }

    var schema = 1
    let data: String
    let texts: Int
    /// Files whose text couldn't be had.
    let unreadable: [Failure]
    let sides: [Side]

    init(_ report: ExtractionReport) {
        data = report.title
        texts = report.exampleCount
        unreadable = report.unreadable.map { Failure(id: $0.id, reason: $0.reason) }
        sides = report.sides.map { side in
            Side(
                figures: SideFigures(side.result), records: ShareFigures(side.score.records),
                allFields: ShareFigures(side.score.allFields), valid: ShareFigures(side.score.valid),
                fields: side.score.fields.map { Field(path: $0.path, right: $0.right, expected: $0.expected) },
                failures: side.failures.map { Failure(id: $0.id, reason: $0.reason) })
        }
    }
}
