import ArgumentParser
import Foundation

/// `diptych` alone: the playground.
struct PlaygroundCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "playground",
        abstract: "Open the playground.",
        discussion: """
            With standard input redirected, the first prompt is read from there and keys from /dev/tty.
            """
    )

    @Argument(help: "The models to show, one a pane; instead of --small and --large.")
    var models: [String] = []

    @OptionGroup var pair: PairArguments
    @OptionGroup(title: "Engine") var engine: EngineArguments

    func validate() throws {
        guard models.isEmpty || (pair.small == nil && pair.large == nil) else {
            throw ValidationError("Name the models either as arguments or with --small and --large, not both.")
        }
    }

    func run() async throws {
        guard Output.standard.isTerminal else {
            throw CommandFailure(
                message: "standard output is not a terminal; without one, use 'diptych compare -p TEXT'",
                status: .wrongUsage)
        }
        let prompt = StandardInput.shared.isTerminal ? nil : try StandardInput.shared.readPrompt()
        _ = prompt
    }
}
