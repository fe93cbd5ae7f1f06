import ArgumentParser
import InferenceCore
import ModelLibrary

/// `diptych template`: the prompt that a model sees.
struct TemplateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "Print the prompt that a model sees for a conversation.",
        discussion: "The prompt is printed exactly, without a line break at the end."
    )

    @Argument(help: "A .gguf file, a Hugging Face folder, or an id that `diptych models list` shows.")
    var model: String

    @Option(
        help: ArgumentHelp(
            """
            A JSON list of messages, each with `role` and `content`, or an object with `messages`, `tools` and what \
            else the template reads; - is standard input.
            """, valueName: "file"))
    var messages: String

    @OptionGroup var templates: TemplateArguments
    @OptionGroup var output: OutputArguments

    func run() async throws {
        let path = try ResolvedModel(argument: model).path
        let bytes = messages == "-" ? try StandardInput.shared.read() : try FileBytes.read(messages)
        let template = try templates.chosen()
        let prompt = try await onOwnThread { [messages] in
            let conversation: JSONValue
            do {
                conversation = try JSONValue(parsing: bytes)
            } catch {
                throw CommandFailure(message: "\(messages): \(String(oneLine: error))")
            }
            return try TemplateRun.prompt(conversation, modelPath: path, template: template)
        }
        try Output.standard.write(output.isJSON ? TemplateDocument(prompt: prompt).encoded() : prompt)
    }
}
