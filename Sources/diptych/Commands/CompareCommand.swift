import ArgumentParser
import Chat
import Configuration
import ModelLibrary

/// `diptych compare`: the playground's comparison without a screen.
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Give the same prompt to several models and compare answers, latency and memory.",
        discussion: """
            The models answer one after the other, so that each measurement has the whole machine. Without any model \
            named, the catalog's default pair is compared. A model may be on a server: \
            openai:NAME@URL, or a name from config.yaml.
            """
    )

    @Argument(help: ArgumentHelp("Models to compare, instead of --small and --large.", valueName: "model"))
    var positional: [String] = []

    @OptionGroup var pair: PairArguments

    @Option(name: .customLong("model"), help: ArgumentHelp("A model to compare; repeat for each.", valueName: "model"))
    var optional: [String] = []

    var models: [String] { positional + optional }

    @OptionGroup var prompt: PromptArguments
    @OptionGroup(title: "Sampling") var sampling: SamplingArguments
    @OptionGroup(title: "Constraint") var constraint: ConstraintArguments
    @OptionGroup var speculation: SpeculationArguments
    @OptionGroup var templates: TemplateArguments

    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp("Measure this many times and report medians.", valueName: "r"))
    var repeats = 1

    @Flag(help: "Let the models answer at the same time, sharing the machine.")
    var concurrent = false

    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup(title: "Servers") var servers: ServerArguments
    @OptionGroup var output: OutputArguments

    func validate() throws {
        guard (1...1000).contains(repeats) else {
            throw ValidationError("--repeat must be from 1 to 1000, not \(repeats).")
        }
        guard models.isEmpty || (pair.small == nil && pair.large == nil) else {
            throw ValidationError("Name the models either by themselves or with --small and --large, not both.")
        }
    }

    func run() async throws {
        let library = try ModelLibrary(environment: .process)
        let resolver = try ModelResolver(library: library, allowsPlainHTTP: servers.allowsPlainHTTP)
        let lineup = try models.isEmpty ? Lineup(pair, by: resolver) : Lineup(models: models, by: resolver)
        let request = ChatRequest(
            messages: try prompt.messages(), sampling: sampling.options, maximumTokens: prompt.maximumTokens,
            // Each answer is measured from an empty cache, on servers too.
            speculation: speculation.mode, usesCache: false, constraint: try constraint.constraint())
        let opener = ModelOpener(
            engine, template: try templates.chosen(), configuration: resolver.configuration)
        let contextLength = engine.contextLength
        for entry in lineup.entries {
            if let note = entry.model.unusedOptions(engine, templates, speculation) { Output.standardError.tell(note) }
        }
        let comparison = ComparisonRun(
            contenders: lineup.entries.map { entry in
                ComparisonRun.Contender(role: entry.role, model: entry.model.name) {
                    try await onOwnThread { try opener.open(entry.model, contextLength: contextLength) }
                }
            },
            request: request, isConcurrent: concurrent, repeats: repeats)
        let writer = ComparisonWriter(isJSON: output.isJSON, output: .standard, notes: .standardError)
        try await cancellableByInterrupt { try await writer.write(comparison) }
    }
}
