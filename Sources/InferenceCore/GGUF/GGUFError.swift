/// What is wrong with a GGUF file: one line that names the file, the field, what was expected, what was found and
/// what to do.
public struct GGUFError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: Sendable, Equatable {
        /// The file can't be opened or mapped, or was damaged while in use.
        case unreadable
        /// The file is something else.
        case notGGUF
        /// A GGUF version or byte order that this reader doesn't know.
        case unsupportedVersion
        /// The file ends too early.
        case truncated
        /// A field contradicts the specification or another field.
        case malformed
        /// A key that was asked for isn't there.
        case missing
        /// A key has a value of another type than was asked for, or out of its range.
        case wrongType
    }

    public let kind: Kind
    public let path: String
    /// The part of the file, such as `tensor count` or `key general.alignment`.
    public let field: String
    public let expected: String
    public let found: String
    public let remedy: String

    public init(
        _ kind: Kind, path: String, field: String, expected: String, found: String,
        remedy: String = "the file is damaged or was written by a faulty converter; pull or convert it again"
    ) {
        self.kind = kind
        self.path = path
        self.field = field
        self.expected = expected
        self.found = found
        self.remedy = remedy
    }

    /// A file that can't be mapped.
    public init(_ error: MappedFileError) {
        self.init(
            .unreadable, path: error.path, field: "file", expected: error.expected, found: error.found,
            remedy: error.remedy)
    }

    public var description: String {
        "\(path.visible()): \(field.visible()): expected \(expected), found \(found); \(remedy)"
    }
}
