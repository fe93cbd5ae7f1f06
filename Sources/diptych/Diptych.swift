import ArgumentParser
import Foundation

/// The program: a list of subcommands, of which the playground is the one that needs no name.
@main
struct Diptych: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diptych",
        abstract: "Compare a small and a large language model side by side, on this machine.",
        usage: """
            diptych [<model> ...] [--small <model>] [--large <model>]
            diptych <subcommand>
            """,
        discussion: """
            Alone it opens the playground. Each subcommand has --json: one document on standard output, progress on \
            standard error. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.
            """,
        version: ProgramVersion.current,
        subcommands: [
            PlaygroundCommand.self, CompareCommand.self, RunCommand.self, TokenizeCommand.self,
            TemplateCommand.self, InspectCommand.self, BenchCommand.self, PerplexityCommand.self, EmbedCommand.self,
            QuantizeCommand.self, ServeCommand.self,
            ClassifyCommand.self, ExtractCommand.self, RetrieveCommand.self, DistillCommand.self, CascadeCommand.self,
            LadderCommand.self, AdviseCommand.self,
            ModelsCommand.self, ReplayCommand.self, ExportCommand.self, SessionsCommand.self, DoctorCommand.self,
        ],
        defaultSubcommand: PlaygroundCommand.self
    )

    static func main() async {
        // A reader that leaves early must not end the process by signal while a model is computing.
        signal(SIGPIPE, SIG_IGN)
        Foundation.exit(await perform(Array(CommandLine.arguments.dropFirst())).rawValue)
    }

    /// Parses and runs, and turns whatever goes wrong into one line and an exit status.
    static func perform(_ arguments: [String]) async -> ExitStatus {
        do {
            var command = try parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return .done
        } catch {
            return ExitStatus.reporting(error, arguments: arguments)
        }
    }
}
