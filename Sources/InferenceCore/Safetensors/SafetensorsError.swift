/// What is wrong with a safetensors file or a Hugging Face folder: one line that names the file, the field, what was
/// expected, what was found and what to do.
public struct SafetensorsError: Error, Sendable, Equatable, CustomStringConvertible {
    public let path: String
    /// The part of the file, such as `header length` or `tensor model.norm.weight`.
    public let field: String
    public let expected: String
    public let found: String
    public let remedy: String

    init(
        path: String, field: String, expected: String, found: String,
        remedy: String = "the file is damaged or incomplete; fetch it again"
    ) {
        self.path = path
        self.field = field
        self.expected = expected
        self.found = found
        self.remedy = remedy
    }

    /// A file that can't be mapped.
    init(_ error: MappedFileError) {
        self.init(
            path: error.path, field: "file", expected: error.expected, found: error.found, remedy: error.remedy)
    }

    public var description: String {
        "\(path.visible()): \(field.visible()): expected \(expected.visible()), found \(found.visible()); \(remedy)"
    }
}
