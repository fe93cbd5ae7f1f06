import Foundation

extension CompletionRequest {
    /// A value of the body.
    enum JSON: Sendable, Equatable {
        case text(String)
        case number(Double)
        case integer(Int)
        case flag(Bool)
        case object([String: JSON])
        case list([JSON])
        /// JSON as its user wrote it: of a schema, the order of members counts.
        case verbatim(String)

        /// In one line, the members of objects in the order of their names.
        var text: String {
            switch self {
            case .text(let value): Self.encoded(value)
            case .number(let value): Self.encoded(value)
            case .integer(let value): "\(value)"
            case .flag(let value): "\(value)"
            case .object(let members):
                "{"
                    + members.sorted { $0.key < $1.key }.map { "\(Self.encoded($0)):\($1.text)" }
                    .joined(separator: ",") + "}"
            case .list(let elements): "[" + elements.map(\.text).joined(separator: ",") + "]"
            case .verbatim(let text): text
            }
        }

        private static func encoded(_ value: some Encodable) -> String {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .withoutEscapingSlashes
            // Numbers that JSON can't write come from nobody's configuration, and text always can.
            return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
        }
    }
}
