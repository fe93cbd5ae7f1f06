import Evaluation
import Foundation

/// A file with a row for each example: what each side answered, how sure it was, and how long it took.
struct ResultFile {
    private let file: RowFile

    /// - Throws: ``CommandFailure`` for an ending that says no format.
    init(_ path: String) throws {
        file = try RowFile(path)
    }

    /// - Parameter labels: names for probabilities; nil where there are none.
    func write(_ examples: [Example], _ results: [SolverResult], labels: [String]? = nil) throws {
        let rows = examples.map { example in
            var row: [(name: String, value: Any)] = [("id", example.id), ("text", example.text)]
            if let expected = example.expected { row.append(("expected", expected)) }
            for (result, prefix) in zip(results, prefixes(results)) {
                let outcome = result.outcomes[example.id]
                row.append((prefix + "answer", outcome?.solution?.answer ?? NSNull()))
                if let confidence = outcome?.solution?.confidence { row.append((prefix + "confidence", confidence)) }
                if let labels, let probabilities = outcome?.solution?.probabilities {
                    for (label, probability) in zip(labels, probabilities) {
                        row.append((prefix + "p_" + label, probability))
                    }
                }
                if let failure = outcome?.failure { row.append((prefix + "failure", failure)) }
                row.append((prefix + "ms", (outcome?.seconds ?? 0) * 1000))
            }
            return row
        }
        try file.write(file.format == .jsonLines ? jsonLines(rows) : table(rows, separator: file.separator))
    }

    /// What the fields of each side begin with: its role or name, and nothing where there is one side alone.
    private func prefixes(_ results: [SolverResult]) -> [String] {
        guard results.count > 1 else { return [""] }
        return results.map { ($0.role.isEmpty ? $0.profile.name : $0.role) + "_" }
    }

    private func jsonLines(_ rows: [[(name: String, value: Any)]]) throws -> String {
        try rows.map { row in
            let object = Dictionary(row.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
            let data = try JSONSerialization.data(
                withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
            return String(decoding: data, as: UTF8.self) + "\n"
        }
        .joined()
    }

    private func table(_ rows: [[(name: String, value: Any)]], separator: Character) -> String {
        var names: [String] = []
        for name in rows.joined().map(\.name) where !names.contains(name) { names.append(name) }
        return CSVText.row(names, separator: separator)
            + rows.map { row in
                let values = Dictionary(row.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
                return CSVText.row(
                    names.map { name in values[name].map { $0 is NSNull ? "" : "\($0)" } ?? "" }, separator: separator)
            }
            .joined()
    }
}
