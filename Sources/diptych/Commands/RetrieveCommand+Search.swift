import ArgumentParser
import InferenceCore
import ModelLibrary
import Retrieval

extension RetrieveCommand {
    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the passages that fit a question, or measure how often the right ones are found.",
            discussion: """
                --questions takes JSON Lines such as {"question": "How do I …?", "expect": ["docs/guide.md", \
                "main.c:120"]}, or CSV with these columns, and reports the recall of all three modes with their 95 % \
                intervals.
                """)

        @OptionGroup var arguments: SearchArguments

        @Argument(help: "The question, or some words.")
        var question: String?

        @Option(name: .customShort("k"), help: ArgumentHelp("Show so many passages.", valueName: "n"))
        var count = 5

        @Option(
            name: .customLong("questions"), help: ArgumentHelp("Questions with expected places.", valueName: "file"))
        var questions: String?

        @OptionGroup var output: OutputArguments

        func validate() throws {
            guard (question == nil) != (questions == nil) else {
                throw ValidationError("Give either a question or --questions FILE.")
            }
            guard question != "" else { throw ValidationError("The question is empty.") }
            guard (1...1000).contains(count) else {
                throw ValidationError("-k must be from 1 to 1000, not \(count).")
            }
        }

        func run() async throws {
            let cases = try questions.map { try QuestionFile.readWithPlaces($0) }
            try await cancellableByInterrupt {
                let needsEncoder = cases != nil || arguments.mode != .bm25
                let searcher = try await arguments.open(Runtime(), withEncoder: needsEncoder).searcher
                if let cases {
                    try await evaluate(cases, searcher)
                } else if let question {
                    try await search(question, searcher)
                }
            }
        }

        private func search(_ question: String, _ searcher: Searcher) async throws {
            let result = try await searcher.search(question, count: count, mode: arguments.mode)
            let document = RetrieveSearchDocument(question, arguments.mode, searcher, result)
            if output.isJSON {
                try Output.standard.write(document.encoded())
            } else {
                try Output.standard.writeUntrusted(document.text)
                Output.standardError.tell(document.times.text(passages: searcher.passageCount))
            }
        }

        private func evaluate(_ cases: [RetrievalQuestion], _ searcher: Searcher) async throws {
            let status = StatusLine(output: .standardError)
            let report = try await searcher.evaluate(cases) { status.show("\($0) of \(cases.count) questions") }
            status.clear()
            let document = RetrieveEvaluationDocument(searcher, report)
            try Output.standard.write(output.isJSON ? document.encoded() : document.text)
        }
    }
}

extension SearchArguments {
    /// Opens the index, and the encoder that it was made with.
    /// - Parameter withEncoder: whether anything but words is searched.
    func open(
        _ runtime: Runtime, withEncoder: Bool
    ) async throws -> (searcher: Searcher, encoder: RetrieveEncoder?) {
        let path = try IndexLocation(directories: ModelLibrary(environment: .process).directories).path(of: index)
        guard withEncoder else { return (try await Searcher(index: path, encoder: nil, runtime: runtime), nil) }
        let name = try encoder ?? Searcher.encoderName(ofIndex: path)
        let encoder = try await RetrieveEncoder.open(name, runtime: runtime, isForMany: false)
        let searcher = try await Searcher(index: path, encoder: encoder.encoder, name: name, runtime: runtime)
        return (searcher, encoder)
    }
}
