import ArgumentParser
import Chat
import InferenceCore
import ModelLibrary
import Retrieval
import Tasks

extension RetrieveCommand {
    struct Answer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have a question answered from an index, with citations; or all questions of a file.",
            discussion: """
                The answer streams to standard output, with the places that it cites behind it. Citations of what wasn't \
                among the sources are told. Where nothing in the index is about the question, the large model isn't asked.

                --questions has all questions of a file answered, by the small model alone, with the passage that it ranks \
                first, and by those who write. Where the file says in 'expect' which places hold the answer, it is told how \
                often each cites one. An interrupted run goes on where it was.
                """)

        @OptionGroup var arguments: SearchArguments

        @Argument(help: "The question.")
        var question: String?

        @Option(
            name: [.customLong("large"), .customLong("model")],
            help: ArgumentHelp(
                "The model that writes; the default is the catalog's large one. Repeat for several with --questions.",
                valueName: "model"))
        var writers: [String] = []

        @Option(name: .customShort("k"), help: ArgumentHelp("Let it read so many passages.", valueName: "n"))
        var count = 6

        @Option(
            name: .customShort("n"), help: ArgumentHelp("End the answer after this many tokens.", valueName: "tokens"))
        var maximumTokens = 256

        @Option(
            name: .customLong("questions"),
            help: ArgumentHelp(
                "Questions: JSON Lines or CSV with 'question' and, if known, 'expect'; or a question a line.",
                valueName: "file"))
        var questions: String?

        @Option(
            name: [.customShort("o"), .customLong("output")],
            help: ArgumentHelp("With --questions: write a row for each, as .jsonl, .csv or .tsv.", valueName: "file"))
        var resultFile: String?

        @OptionGroup(title: "Record of --questions") var record: RecordArguments
        @OptionGroup(title: "Sampling") var sampling: SamplingArguments
        @OptionGroup(title: "Engine") var engine: EngineArguments
        @OptionGroup(title: "Servers") var servers: ServerArguments
        @OptionGroup var output: TaskOutputArguments

        func validate() throws {
            guard (question == nil) != (questions == nil) else {
                throw ValidationError("Give either a question or --questions FILE.")
            }
            guard question != "" else { throw ValidationError("The question is empty.") }
            guard questions != nil || (writers.count < 2 && resultFile == nil) else {
                throw ValidationError("One question has one writer and no -o; give --questions FILE for more.")
            }
            guard !(output.isJSON && resultFile == "-") else {
                throw ValidationError("--json and -o - both write to standard output; name a file for -o.")
            }
            guard (1...100).contains(count) else { throw ValidationError("-k must be from 1 to 100, not \(count).") }
            guard maximumTokens >= 1 else { throw ValidationError("-n must be 1 or more, not \(maximumTokens).") }
        }

        func run() async throws {
            try output.check()
            let resultFile = try resultFile.map { try ResultFile($0) }
            let models = try TaskModels(engine, servers)
            let names = try writers.isEmpty ? [models.resolver.library.defaultModel(of: .large)] : writers
            let choices = try names.map { try models.resolver.resolve($0) }
            try await cancellableByInterrupt {
                let (searcher, encoder) = try await arguments.open(
                    Runtime(threads: engine.threads), withEncoder: arguments.mode != .bm25)
                let task = RetrievalTask(searcher: searcher, options: options)
                if let questions {
                    let run = AnsweringRun(task: task, models: models, encoder: encoder, writers: choices)
                    var result = try await run.perform(questions, record: record, resultFile: resultFile)
                    result.givesWay = self.resultFile == "-"
                    try output.write(result)
                } else if let question {
                    try await answer(question, by: models.open(choices[0]), task)
                }
            }
        }

        private var options: Answerer.Options {
            var options = Answerer.Options()
            options.sources = count
            options.mode = arguments.mode
            options.maximumTokens = maximumTokens
            options.sampling = sampling.options
            return options
        }

        private func answer(_ question: String, by model: any ChatBackend, _ task: RetrievalTask) async throws {
            let answerer = Answerer(searcher: task.searcher, backend: model, options: task.options)
            let writer = AnswerWriter(isJSON: output.isJSON, output: .standard, notes: .standardError)
            let report = try await writer.write(
                answerer.answer(question), to: question, model: model.profile.name, searcher: task.searcher)
            try output.writeFile(of: report)
        }
    }
}
