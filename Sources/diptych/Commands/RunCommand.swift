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

    @Argument(help: "A .gguf file, or an id that `diptych models list` shows.")
    var model: String

    @OptionGroup var prompt: PromptArguments

    @Flag(help: "Continue the text as it stands, without the model's chat template.")
    var raw = false

    @OptionGroup var templates: TemplateArguments

    @OptionGroup(title: "Sampling") var sampling: SamplingArguments
    @OptionGroup var speculation: SpeculationArguments

    @Option(help: ArgumentHelp("The smaller model that guesses, for --speculate draft.", valueName: "model"))
    var draft: String?

    @Option(help: ArgumentHelp("List the k likeliest tokens at each step; needs --json.", valueName: "k"))
    var logprobs = 0

    @OptionGroup(title: "Engine") var engine: EngineArguments
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
        let model = try ResolvedModel(argument: model)
        let request = ChatRequest(
            messages: try prompt.messages(), sampling: sampling.options, maximumTokens: prompt.maximumTokens,
            rendering: raw ? .raw : .chatTemplate, topLogprobs: logprobs,
            speculation: speculation.mode)
        let draft = try draft.map { try ResolvedModel(argument: $0) }
        let models = LocalModels(engine, template: try templates.chosen())
        let writer = RunWriter(isJSON: output.isJSON, output: .standard, notes: .standardError)
        try await cancellableByInterrupt {
            let backend = try await models.open(model)
            if let draft { try await models.open(draft, asDraftFor: backend) }
            try await writer.write(request, answeredBy: backend)
        }
    }
}
