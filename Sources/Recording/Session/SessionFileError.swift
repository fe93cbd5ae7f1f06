import Foundation

/// A session file isn't what it should be.
public struct SessionFileError: Error, Equatable, CustomStringConvertible {
    public let path: String
    /// From 1; nil where it isn't about a line.
    public let line: Int?
    public let expected: String
    public let found: String
    public let remedy: String

    init(
        path: String, line: Int? = nil, expected: String, found: String,
        remedy: String = "the file is damaged, or not a session"
    ) {
        self.path = path
        self.line = line
        self.expected = expected
        self.found = found
        self.remedy = remedy
    }

    public var description: String {
        let place = line.map { "\(path), line \($0)" } ?? path
        return "\(place): expected \(expected), found \(found); \(remedy)"
    }
}

extension SessionFileError {
    /// - Parameter action: what failed, with `errno`.
    init(path: String, code: Int32) {
        self.init(
            path: path, expected: "a session file", found: String(cString: strerror(code)).lowercased(),
            remedy: "'diptych sessions list' shows what there is")
    }

    /// What a decoder didn't like about a line.
    init(path: String, line: Int, _ error: any Error, text: Data) {
        let (expected, found) = Self.difference(error, text: text)
        self.init(path: path, line: line, expected: expected, found: found)
    }

    private static func difference(_ error: any Error, text: Data) -> (expected: String, found: String) {
        switch error as? DecodingError {
        case .keyNotFound(let key, let context):
            return ("the field '\(name(context.codingPath + [key]))'", "a record without it")
        case .valueNotFound(_, let context):
            return ("a value for '\(name(context.codingPath))'", "null")
        case .typeMismatch(let type, let context):
            return ("\(type) for '\(name(context.codingPath))'", "another type")
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            return ("a valid '\(name(context.codingPath))'", "something else (\(context.debugDescription))")
        default:
            return ("a record in JSON", "'\(beginning(of: text))'")
        }
    }

    private static func name(_ path: [any CodingKey]) -> String {
        path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
    }

    /// The first characters, without any that a terminal would obey.
    private static func beginning(of text: Data) -> String {
        let start = String(decoding: text.prefix(40), as: UTF8.self)
        let visible = String(
            start.unicodeScalars.map { $0.properties.generalCategory == .control ? "·" : Character($0) })
        return text.count > 40 ? visible + "…" : visible
    }
}
