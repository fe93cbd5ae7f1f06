import ArgumentParser
import InferenceCore

/// Which chat template turns a conversation into a prompt.
struct TemplateArguments: ParsableArguments {
    private static let builtInNames = BuiltInTemplate.all.map(\.name).joined(separator: ", ")

    @Option(
        help: ArgumentHelp(
            "Use this chat template instead of the model's own: a Jinja file, or one of \(builtInNames).",
            valueName: "name or file"))
    var template: String?

    /// The template that was asked for; nil for the model's own.
    /// - Throws: `CommandFailure` where it can't be read, with the line and the reason.
    func chosen() throws -> ChatTemplate? {
        guard let template else { return nil }
        do {
            return try ChatTemplate(source: try Self.source(template))
        } catch let error as ChatTemplateError {
            throw CommandFailure(message: "\(template): \(error)")
        }
    }

    private static func source(_ name: String) throws -> String {
        if let builtIn = BuiltInTemplate.named(name) { return builtIn.source }
        let bytes: [UInt8]
        do {
            bytes = try FileBytes.read(name)
        } catch {
            throw CommandFailure(message: "\(error); the built-in templates are \(builtInNames)")
        }
        guard let source = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure(message: "\(name): the template is not UTF-8 text")
        }
        return source
    }
}
