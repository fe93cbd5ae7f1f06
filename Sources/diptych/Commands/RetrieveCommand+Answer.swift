import ArgumentParser
import Chat
import InferenceCore
import ModelLibrary
import Retrieval

extension RetrieveCommand {
    struct Answer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have a question answered from an index, with citations.",
            discussion: """
                The answer streams to standard output, with the places that it cites behind it. Citations of what wasn't \
                among the sources are told. Where nothing in the index is about the question, the large model isn't asked.
                """)

        @OptionGroup var arguments: SearchArguments

        @Argument(help: "The question.")
        var question: String

        @Option(
            help: ArgumentHelp("The model that writes; the default is the catalog's large one.", valueName: "model"))
        var large: String?

        @Option(name: .customShort("k"), help: ArgumentHelp("Let it read so many passages.", valueName: "n"))
        var count = 6

        @Option(
            name: .customShort("n"), help: ArgumentHelp("End the answer after this many tokens.", valueName: "tokens"))
        var maximumTokens = 256

        @OptionGroup(title: "Sampling") var sampling: SamplingArguments
        @OptionGroup(title: "Engine") var engine: EngineArguments
        @OptionGroup(title: "Servers") var servers: ServerArguments
        @OptionGroup var output: TaskOutputArguments

        func validate() throws {
            guard !question.isEmpty else { throw ValidationError("The question is empty.") }
            guard (1...100).contains(count) else { throw ValidationError("-k must be from 1 to 100, not \(count).") }
            guard maximumTokens >= 1 else { throw ValidationError("-n must be 1 or more, not \(maximumTokens).") }
        }

        func run() async throws {
            try output.check()
            let library = try ModelLibrary(environment: .process)
            let resolver = try ModelResolver(library: library, allowsPlainHTTP: servers.allowsPlainHTTP)
            let choice = try resolver.resolve(large ?? library.defaultModel(of: .large))
            let opener = ModelOpener(engine, template: nil, configuration: resolver.configuration)
            var options = Answerer.Options()
            options.sources = count
            options.mode = arguments.mode
            options.maximumTokens = maximumTokens
            options.sampling = sampling.options
            let (chosen, contextLength) = (options, engine.contextLength)
            try await cancellableByInterrupt {
                let searcher = try await arguments.open(
                    Runtime(threads: engine.threads), withEncoder: arguments.mode != .bm25)
                let backend = try await onOwnThread { try opener.open(choice, contextLength: contextLength) }
                let answerer = Answerer(searcher: searcher, backend: backend, options: chosen)
                let writer = AnswerWriter(isJSON: output.isJSON, output: .standard, notes: .standardError)
                let report = try await writer.write(
                    answerer.answer(question), to: question, model: backend.profile.name, searcher: searcher)
                try output.writeFile(of: report)
            }
        }
    }
}
