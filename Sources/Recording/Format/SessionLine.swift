import Foundation

/// Turns records into lines of JSON and back: names in snake case, sizes in bytes, times in microseconds, moments of
/// the wall clock in ISO 8601. Numbers that JSON has no way to write stand as "inf", "-inf" and "nan".
struct SessionLine {
    /// The longest line that is written or read, without its line break: room for ten megabytes of text of which each
    /// byte is escaped.
    static let maximumLength = 64 << 20

    private let encoder = JSONEncoder()
    private let decoder = JSONDecoder()

    init() {
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.dateEncodingStrategy = .iso8601
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        decoder.dateDecodingStrategy = .iso8601
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    }

    /// The record's line, with its line break.
    func encode(_ record: SessionRecord) throws -> Data {
        var line =
            if case .event(let run, .token(let token)) = record {
                TokenLine(TokenFields(run: run, token)).data
            } else {
                try encoder.encode(record)
            }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    /// The record of a line without its line break; nil for a kind that this version doesn't know.
    /// - Throws: `DecodingError`.
    func decode(_ line: Data) throws -> SessionRecord? {
        try decoder.decode(SessionRecord.Decoded.self, from: line).record
    }

    /// The header's schema, whatever else the line holds; nil where it isn't a header.
    func schema(of line: Data) -> Int? {
        struct Beginning: Decodable {
            var kind: String
            var schema: Int
        }
        guard let beginning = try? decoder.decode(Beginning.self, from: line), beginning.kind == "header" else {
            return nil
        }
        return beginning.schema
    }
}
