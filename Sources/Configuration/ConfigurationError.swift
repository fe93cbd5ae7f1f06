/// What is wrong with a file that a person wrote, on one line.
public struct ConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    public let file: String
    /// From 1; nil where the whole file is meant.
    public let line: Int?
    /// Such as `keys.send[0]`; empty where the whole file is meant.
    public let field: String
    public let expected: String
    public let found: String
    public let remedy: String

    public init(file: String, line: Int? = nil, field: String = "", expected: String, found: String, remedy: String) {
        self.file = file
        self.line = line
        self.field = field
        self.expected = expected
        self.found = found
        self.remedy = remedy
    }

    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        let subject = field.isEmpty ? place : "\(place): \(field)"
        return "\(subject): expected \(expected), found \(found); \(remedy)"
    }
}
