import Evaluation

/// Records for other programs: a row for each text, with nothing in it that changes from run to run.
public struct ExtractedRecords: Sendable {
    private let rows: [Row]
    /// Names of the sides; one alone needs none.
    private let sides: [String]

    private struct Row: Sendable {
        var id: String
        var results: [Result]
    }

    private enum Result: Sendable {
        case record(RecordValue)
        case failure(String)
    }

    /// - Parameter unreadable: texts that couldn't be had, and why.
    public init(
        _ examples: [Example], _ results: [SolverResult], unreadable: [(id: String, reason: String)] = []
    ) {
        sides = results.map { $0.role.isEmpty ? $0.profile.name : $0.role }
        rows =
            examples.map { example in
                Row(id: example.id, results: results.map { Self.result($0.outcomes[example.id]) })
            }
            + unreadable.map { entry in
                Row(id: entry.id, results: results.map { _ in .failure(entry.reason) })
            }
    }

    private static func result(_ outcome: Outcome?) -> Result {
        if let answer = outcome?.solution?.answer, let record = try? RecordValue(json: answer) {
            return .record(record)
        }
        return .failure(outcome?.failure ?? "not done")
    }

    /// A line for each text: `id`, and `record` or `failure`; with several sides, those of each under its name.
    public var jsonLines: String {
        rows.map { row in
            let results = row.results.map { result in
                switch result {
                case .record(let record): "\"record\":\(record.canonicalText)"
                case .failure(let reason): "\"failure\":\(RecordValue.text(reason).canonicalText)"
                }
            }
            let parts =
                sides.count == 1
                ? results : zip(sides, results).map { "\(RecordValue.text($0).canonicalText):{\($1)}" }
            return "{" + (["\"id\":\(RecordValue.text(row.id).canonicalText)"] + parts).joined(separator: ",") + "}\n"
        }
        .joined()
    }

    /// A row for each text under a row of names: `id`, every field by the way to it, and `failure`; with several sides,
    /// each side's name before those.
    public func table(separator: Character) -> String {
        let columns = sides.indices.map { side in
            Set(
                rows.flatMap { row -> [String] in
                    if case .record(let record) = row.results[side] { Array(record.leaves.keys) } else { [] }
                }
            )
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
        let prefixes = sides.map { sides.count == 1 ? "" : "\($0)." }
        var text = CSVText.row(
            ["id"] + sides.indices.flatMap { side in (columns[side] + ["failure"]).map { prefixes[side] + $0 } },
            separator: separator)
        for row in rows {
            let cells = sides.indices.flatMap { side -> [String] in
                switch row.results[side] {
                case .record(let record):
                    let leaves = record.leaves
                    return columns[side].map { leaves[$0]?.plainText ?? "" } + [""]
                case .failure(let reason): return columns[side].map { _ in "" } + [reason]
                }
            }
            text += CSVText.row([row.id] + cells, separator: separator)
        }
        return text
    }
}

extension RecordValue {
    /// Texts as they are, nothing for null, JSON for the rest.
    fileprivate var plainText: String {
        switch self {
        case .text(let text): text
        case .null: ""
        default: canonicalText
        }
    }
}
