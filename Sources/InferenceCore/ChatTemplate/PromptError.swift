/// A conversation that a model's chat template can't render: one line that names the file, the template's line, the
/// reason, and what to do.
public struct PromptError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The model's file.
    public let path: String
    public let reason: ChatTemplateError

    public init(path: String, reason: ChatTemplateError) {
        self.path = path
        self.reason = reason
    }

    public var description: String {
        let names = BuiltInTemplate.all.map(\.name).joined(separator: ", ")
        return "\(path.visible()): \("\(reason)".visible()); use another template, such as a built-in one (\(names))"
    }
}
