/// A file of examples that can't be used.
public struct ExampleFileError: Error, Equatable, CustomStringConvertible {
    public var path: String
    /// From 1; nil where it isn't about one.
    public var line: Int?
    public var expected: String
    public var found: String
    public var remedy: String?

    public init(path: String, line: Int? = nil, expected: String, found: String, remedy: String? = nil) {
        self.path = path
        self.line = line
        self.expected = expected
        self.found = found
        self.remedy = remedy
    }

    public var description: String {
        let place = line.map { "\(path), line \($0)" } ?? path
        return "\(place): expected \(expected), found \(found)" + (remedy.map { "; \($0)" } ?? "")
    }
}
