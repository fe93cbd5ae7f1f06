import ArgumentParser
import Chat
import Configuration
import Foundation
import ModelLibrary
import Playground

/// `diptych` alone: the playground.
struct PlaygroundCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "playground",
        abstract: "Open the playground.",
        discussion: """
            With standard input redirected, the first prompt is read from there and keys from /dev/tty. Everything \
            that is set here can be changed in the playground too.

            With --plain, with ACCESSIBLE=1 or TERM=dumb in the environment, with 'plain: true' in config.yaml, or in \
            a terminal that can't place the cursor, it is text that is only ever added to. Each line of standard input \
            is a prompt or a command then; a backslash at its end goes on with the next line. At the input's end it \
            leaves, with exit code 1 if an answer failed.
            """
    )

    @Argument(help: "The models to show, one a pane; instead of --small and --large.")
    var models: [String] = []

    @OptionGroup var pair: PairArguments

    @Option(parsing: .unconditional, help: ArgumentHelp("The system prompt.", valueName: "text"))
    var system: String?

    @Flag(help: "Let the models answer at the same time, sharing the machine.")
    var concurrent = false

    @Flag(help: "Check guesses, several tokens in one pass; the text stays the same. F8 turns it on and off.")
    var speculate = false

    @Option(help: ArgumentHelp("A theme's name; the default is the first dark one.", valueName: "name"))
    var theme: String?

    @Flag(name: .customLong("plain"), help: "Write text line after line instead of a full screen.")
    var isPlain = false

    @Flag(name: .customLong("no-record"), help: "Write no session file.")
    var isUnrecorded = false

    @OptionGroup(title: "Sampling") var sampling: SamplingArguments
    @OptionGroup var templates: TemplateArguments
    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup(title: "Servers") var servers: ServerArguments

    func validate() throws {
        guard models.isEmpty || (pair.small == nil && pair.large == nil) else {
            throw ValidationError("Name the models either as arguments or with --small and --large, not both.")
        }
        guard models.count <= 4 else { throw ValidationError("There are at most 4 panes, not \(models.count).") }
    }

    func run() async throws {
        let library = try ModelLibrary(environment: .process)
        let resolver = try ModelResolver(library: library, allowsPlainHTTP: servers.allowsPlainHTTP)
        let configuration = resolver.configuration
        let isPlain = PlainMode.isWanted(
            isConfigured: isPlain || configuration.plain, environment: ProcessInfo.processInfo.environment)
        guard isPlain || Output.standard.isTerminal else {
            throw CommandFailure(
                message: "standard output is not a terminal; without one, use --plain or 'diptych compare -p TEXT'",
                status: .wrongUsage)
        }
        let prompt = isPlain || StandardInput.shared.isTerminal ? nil : try StandardInput.shared.readPrompt()
        let options = PlaygroundOptions(
            panes: try panes(resolver),
            settings: settings(configuration), allowsPlainHTTP: servers.allowsPlainHTTP,
            threads: engine.threads, cacheFormat: engine.cacheFormat,
            template: try templates.chosen(), theme: theme ?? configuration.theme,
            keymap: try keymap(configuration, of: library.directories),
            isRecording: configuration.record && !isUnrecorded, initialPrompt: prompt)
        try await isPlain ? runPlainPlayground(options) : runPlayground(options)
    }

    private func settings(_ configuration: ConfigurationFile) -> Settings {
        Settings(
            isConcurrent: concurrent, speculates: speculate, showsMarkdown: configuration.markdown,
            usesMouse: configuration.mouse,
            pane: PaneSettings(
                sampling: sampling.options, contextLength: engine.contextLength ?? configuration.context,
                systemPrompt: system ?? ""))
    }

    private func keymap(_ configuration: ConfigurationFile, of directories: Directories) throws -> Keymap {
        do {
            return try Keymap.standard.remapped(configuration.keys)
        } catch {
            throw CommandFailure(message: "\(directories.configurationFile): \(error)")
        }
    }

    /// A model that can't be opened still gets its pane, which says why.
    private func panes(_ resolver: ModelResolver) throws -> [PaneRequest] {
        let isPairNamed = pair.small != nil || pair.large != nil
        let library = resolver.library
        let models = models.isEmpty && !isPairNamed ? resolver.configuration.panes : models
        guard !models.isEmpty else {
            return [
                PaneRequest(role: .small, model: try pair.small ?? library.defaultModel(of: .small)),
                PaneRequest(role: .large, model: try pair.large ?? library.defaultModel(of: .large)),
            ]
        }
        let sizes = models.map { name in (try? resolver.resolve(name))?.size ?? 0 }
        return zip(Lineup.roles(bySize: sizes), models).map { PaneRequest(role: $0, model: $1) }
    }
}
