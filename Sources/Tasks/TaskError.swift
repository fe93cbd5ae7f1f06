/// A task that can't be done as it was asked for.
public struct TaskError: Error, Equatable, CustomStringConvertible {
    /// In one line: what was expected, what was found, what to do.
    public var description: String

    public init(_ description: String) {
        self.description = description
    }
}
