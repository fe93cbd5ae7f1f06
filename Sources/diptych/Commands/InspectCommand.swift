import ArgumentParser

/// `diptych inspect`: what is in a GGUF file.
struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show a GGUF file's metadata and tensors, and the memory the model would need.",
        discussion: "Of a damaged file, what can be read is shown before the error."
    )

    @Argument(help: "A .gguf file, or an id that `diptych models list` shows.")
    var file: String

    @OptionGroup var output: OutputArguments

    func run() async throws {
    }
}
