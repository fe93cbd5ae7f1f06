import ArgumentParser
import Configuration
import ModelLibrary

/// `diptych inspect`: what is in a GGUF file.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show a GGUF file's metadata and tensors, and the memory the model would need.",
        discussion: "Of a damaged file, what can be read is shown before the error."
    )

    @Argument(help: "A .gguf file, or an id that `diptych models list` shows.")
    var file: String

    @Option(
        name: .customLong("context"),
        help: ArgumentHelp("Estimate the memory for a context of so many tokens.", valueName: "tokens"))
    var contextLength: Int?

    @OptionGroup var output: OutputArguments

    func validate() throws {
        if let contextLength, !(1...(1 << 30)).contains(contextLength) {
            throw ValidationError("--context must be from 1 to \(1 << 30), not \(contextLength).")
        }
    }

    func run() async throws {
        let path = try ResolvedModel(argument: file).path
        let contextLength = contextLength
        let document = try await onOwnThread { InspectDocument(path: path, contextLength: contextLength) }
        try Output.standard.write(output.isJSON ? document.encoded() : document.text)
        if let error = document.error { throw CommandFailure(message: error) }
    }
}
