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

        func isHit(_ hit: SearchHit) -> Bool {
            hit.path == path && (line.map(hit.lines.contains) ?? true)
        }
    }

    public var question: String
    /// Any of them will do.
    public var expected: [Place]

    /// Reads lines of `{"question": "…", "expect": ["path", "path:line"]}`; empty lines count for nothing.
    /// - Parameter name: of the file, for errors.
    /// - Throws: ``QuestionError``
    public static func list(_ text: String, name: String) throws(QuestionError) -> [RetrievalQuestion] {
        var questions: [RetrievalQuestion] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
        where !line.isBlank {
            func wrong(_ found: String) -> QuestionError {
                QuestionError(
                    place: "\(name):\(index + 1)", expected: #"{"question": "…", "expect": ["path", …]}"#, found: found)
            }
            let value: JSONValue
            do {
                value = try JSONValue(parsing: String(line))
            } catch {
                throw wrong("no JSON: \(error)")
            }
            guard let question = value["question"]?.stringValue, !question.isEmpty else { throw wrong("no question") }
            let places = value["expect"]?.arrayValue?.compactMap(\.stringValue) ?? []
            guard !places.isEmpty, places.count == value["expect"]?.arrayValue?.count else {
                throw wrong("no list of paths")
            }
            questions.append(RetrievalQuestion(question: question, expected: places.map(Place.init)))
        }
        guard !questions.isEmpty else { throw QuestionError(place: name, expected: "questions", found: "none") }
        return questions
    }
}

/// A file of questions can't be read.
public struct QuestionError: Error, Equatable, CustomStringConvertible {
    public let place: String
    public let expected: String
    public let found: String

    public var description: String { "\(place): expected \(expected), found \(found); mend the file" }
}
