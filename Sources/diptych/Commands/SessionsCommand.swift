import ArgumentParser
import Configuration
import Recording

/// `diptych sessions`: what was recorded, where it is, and how it goes.
struct SessionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions",
        abstract: "List, find and remove recorded sessions.",
        subcommands: [List.self, Path.self, Remove.self],
        defaultSubcommand: List.self
    )

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the recorded sessions, oldest first.")

        @OptionGroup var output: OutputArguments

        func run() async throws {
            let folder = try SessionFolder(environment: .process)
            let document = try await onOwnThread { SessionListDocument(folder) }
            try Output.standard.write(output.isJSON ? document.encoded() : document.text)
        }
    }

    struct Path: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print where a session's file is, or where all of them are.")

        @Argument(help: "A name that `diptych sessions list` shows; without one, the folder is printed.")
        var session: String?

        @OptionGroup var output: OutputArguments

        func run() async throws {
            let document = try SessionPathDocument(of: session, in: SessionFolder(environment: .process))
            try Output.standard.write(output.isJSON ? document.encoded() : document.path + "\n")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete the files of sessions.")

        @Argument(help: "Names that `diptych sessions list` shows.")
        var sessions: [String]

        @OptionGroup var output: OutputArguments

        func run() async throws {
            let folder = try SessionFolder(environment: .process)
            let sessions = sessions
            let document = try await onOwnThread { try SessionRemovalDocument(removing: sessions, from: folder) }
            try Output.standard.write(output.isJSON ? document.encoded() : document.text)
        }
    }
}

extension SessionFolder {
    /// The folder that this program records into.
    init(environment: Environment) throws {
        self.init(path: try Directories(environment: environment).sessions)
    }
}
