/// A document whose text can't be had.
public struct DocumentError: Error, Equatable, CustomStringConvertible {
    public var path: String
    /// In one line, without the path: what was expected, what was found, what to do.
    public var reason: String
    /// Whether no other document of its kind could be read either, as where a program is missing.
    public var concernsAll: Bool

    public init(path: String, reason: String, concernsAll: Bool = false) {
        self.path = path
        self.reason = reason
        self.concernsAll = concernsAll
    }

    public var description: String { "\(path): \(reason)" }
}
