/// Why a text is not JSON, and where.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The line of the first offending byte, counted from 1.
    public let line: Int
    /// Its place in the line in bytes, counted from 1.
    public let column: Int
    /// What was expected and what was found.
    public let message: String

    public var description: String {
        "JSON, line \(line), column \(column): \(message)"
    }
}
