import Foundation
import InferenceCore

/// A question whose answer's place is known.
public struct RetrievalQuestion: Sendable, Equatable {
    /// A file, and the line of it that a passage must have where one is given.
    public struct Place: Sendable, Equatable {
        public var path: String
        public var line: Int?

        /// `path` or `path:line`.
        init(_ text: String) {
            if let colon = text.lastIndex(of: ":"), let line = Int(text[text.index(after: colon)...]) {
                (path, self.line) = (String(text[..<colon]), line)
            } else {
                (path, line) = (text, nil)
            }
        }

        func isHit(_ hit: SearchHit) -> Bool { holds(hit.path, hit.lines) }

        /// Whether a text such as `guide.md:3-9` or `paper.pdf:p3` is that of a passage here.
        func isCited(by location: Substring) -> Bool {
            guard let colon = location.lastIndex(of: ":") else { return false }
            let ends = location[location.index(after: colon)...].drop { $0 == "p" }.split(separator: "-").map {
                Int($0)
            }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last else { return false }
            return holds(String(location[..<colon]), first...last)
        }

        private func holds(_ path: String, _ lines: ClosedRange<Int>) -> Bool {
            path == self.path && (line.map(lines.contains) ?? true)
        }
    }

    public var question: String
    /// Any of them will do.
    public var expected: [Place]

    /// - Parameter places: a JSON list such as `["path", "path:line"]`, or places with semicolons between them.
    /// - Returns: nil where `places` names none.
    public init?(_ question: String, places: String) {
        let list = (try? JSONValue(parsing: places)).flatMap(\.arrayValue)
        let texts =
            list?.compactMap(\.stringValue)
            ?? places.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
        guard !texts.isEmpty, texts.count == list?.count ?? texts.count, !texts.contains("") else { return nil }
        self.question = question
        expected = texts.map(Place.init)
    }

    /// Whether an answer cites one of the expected places, as ``GroundedAnswer/textWithPlaces`` does.
    public func isCited(in answer: String) -> Bool {
        let brackets = answer.split(separator: "[").dropFirst(answer.hasPrefix("[") ? 0 : 1)
        return brackets.contains { bracket in
            guard let close = bracket.firstIndex(of: "]") else { return false }
            return bracket[..<close].split(separator: ", ").contains { location in
                expected.contains { $0.isCited(by: location) }
            }
        }
    }
}
