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

extension Double {
    /// To the third decimal: a microsecond where the unit is a millisecond.
    var roundedForJSON: Double { (self * 1000).rounded() / 1000 }
}

extension Duration {
    /// To the microsecond.
    var milliseconds: Double {
        (Double(components.seconds) * 1000 + Double(components.attoseconds) / 1e15).roundedForJSON
    }
}
