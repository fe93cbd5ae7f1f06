import ArgumentParser
import Configuration
import Recording

/// `diptych replay`: a recorded session, played without any model.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Play a recorded session at its own speed, without any model.",
        discussion: """
            On a terminal, the playground shows it: look into the answers while they come, or afterwards. Prompts, \
            answers and figures are those of the recording, whatever the speed. With --json the session is written at \
            once, as 'diptych export --format json' does.
            """
    )

    @OptionGroup var session: SessionArguments

    @Option(help: ArgumentHelp("How many times as fast, from 0.01 to 1000; 'inf' doesn't wait.", valueName: "x"))
    var speed = 1.0

    @Flag(name: .customLong("plain"), help: "Print the conversation as text, on a terminal too.")
    var isPlain = false

    @Option(help: ArgumentHelp("A theme's name; the default is the first dark one.", valueName: "name"))
    var theme: String?

    @OptionGroup var output: OutputArguments

    func validate() throws {
        guard ReplaySpeed(speed) != nil else {
            throw ValidationError("--speed must be from 0.01 to 1000, or inf, not \(speed).")
        }
    }

    func run() async throws {
        let recording = try await session.read(keepsAlternatives: output.isJSON || isOnScreen)
        if output.isJSON { return try Output.standard.write(JSONExport(recording).encoded()) }
        if isOnScreen {
            return try await runReplay(recording, speed: ReplaySpeed(speed) ?? .original, theme: theme)
        }
        let writer = ReplayWriter(
            session: recording, speed: ReplaySpeed(speed) ?? .original, output: .standard, notes: .standardError)
        try await cancellableByInterrupt { try await writer.write() }
    }

    private var isOnScreen: Bool {
        Output.standard.isTerminal && StandardInput.shared.isTerminal && !isPlain && !output.isJSON
    }
}
