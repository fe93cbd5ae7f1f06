import Foundation

/// What a subcommand writes with `--json`. Names are in snake case, times in milliseconds, sizes in bytes; a field
/// whose value can't be known is absent.
protocol JSONDocument: Codable, Sendable {
    /// Rises when a field changes its meaning or goes away.
    var schema: Int { get }
}

extension JSONDocument {
    /// The document as text, with a line break at its end.
    func encoded() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }
}
