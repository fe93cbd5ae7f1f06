/// A catalog says something that can't be used.
public struct CatalogError: Error, Equatable, CustomStringConvertible {
    public let file: String
    /// Such as `models[2].sha256`; empty for the file as a whole.
    public let field: String
    /// Counted from 1; nil if unknown.
    public let line: Int?
    public let expected: String
    public let found: String

    public var description: String {
        let place = line.map { ", line \($0)" } ?? ""
        return "\(file)\(place): \(field.isEmpty ? "" : "\(field): ")expected \(expected), found \(found)"
    }
}
