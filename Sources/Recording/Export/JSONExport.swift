import Foundation

/// A session as one JSON document: names in snake case, times in milliseconds, sizes in bytes, log-probabilities as
/// natural logarithms; a field whose value can't be known is absent.
public struct JSONExport: Sendable {
    /// Rises when a field changes its meaning or goes away.
    public static let schema = 1

    private let session: RecordedSession

    public init(_ session: RecordedSession) {
        self.session = session
    }

    /// The document, with a line break at its end.
    public func encoded() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return String(decoding: try encoder.encode(SessionDocument(session)), as: UTF8.self) + "\n"
    }
}
