import ArgumentParser
import Chat
import ModelLibrary

/// `diptych run`: one model, one answer.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Answer one prompt with one model.",
        discussion: """
            The answer streams to standard output. A base model, which has no chat template, continues the text as it \
            stands.
            """
    )

    @Argument(
        help: """
            A .gguf file, an id that `diptych models list` shows, openai:NAME@URL, or a server's name from config.yaml.
            """)
    var model: String

    @OptionGroup var prompt: PromptArguments

    @Flag(help: "Continue the text as it stands, without the model's chat template.")
    var raw = false

    @OptionGroup var templates: TemplateArguments

    @OptionGroup(title: "Sampling") var sampling: SamplingArguments
    @OptionGroup(title: "Constraint") var constraint: ConstraintArguments
    @OptionGroup var speculation: SpeculationArguments

    @Option(help: ArgumentHelp("The smaller model that guesses, for --speculate draft.", valueName: "model"))
    var draft: String?

    @Option(help: ArgumentHelp("List the k likeliest tokens at each step; needs --json.", valueName: "k"))
    var logprobs = 0

    @OptionGroup(title: "Engine") var engine: EngineArguments
    @OptionGroup(title: "Servers") var servers: ServerArguments
    @OptionGroup var output: OutputArguments

    func validate() throws {
        guard (0...1000).contains(logprobs) else {
            throw ValidationError("--logprobs must be from 0 to 1000, not \(logprobs).")
        }
        guard (draft != nil) == (speculation.mode == .draft) else {
            throw ValidationError("--speculate draft and --draft MODEL belong together.")
        }
        guard !raw || templates.template == nil else {
            throw ValidationError("--raw uses no template, so --template has no place beside it.")
        }
        guard logprobs == 0 || output.isJSON else { throw ValidationError("--logprobs needs --json.") }
    }

    func run() async throws {
        let resolver = try ModelResolver(
            library: ModelLibrary(environment: .process), allowsPlainHTTP: servers.allowsPlainHTTP)
        let model = try resolver.resolve(model)
        let request = ChatRequest(
            messages: try prompt.messages(), sampling: sampling.options, maximumTokens: prompt.maximumTokens,
            rendering: raw ? .raw : .chatTemplate, topLogprobs: logprobs,
            speculation: speculation.mode, constraint: try constraint.constraint())
        let draft = try draft.map { try resolver.resolve($0) }
        let opener = ModelOpener(
            engine, template: try templates.chosen(), configuration: resolver.configuration)
        let contextLength = engine.contextLength
        if let note = model.unusedOptions(engine, templates, speculation) { Output.standardError.tell(note) }
        let writer = RunWriter(isJSON: output.isJSON, output: .standard, notes: .standardError)
        try await cancellableByInterrupt {
            let backend = try await onOwnThread { try opener.open(model, contextLength: contextLength) }
            if let draft { try await opener.open(draft, contextLength: contextLength, asDraftFor: backend) }
            try await writer.write(request, answeredBy: backend)
        }
    }
}
