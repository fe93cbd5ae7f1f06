import Chat

/// Answers questions from an index: the small model finds and ranks passages, the large one writes from them.
public struct Answerer: Sendable {
    public struct Options: Sendable, Equatable {
        /// Passages that the large model reads.
        public var sources = 6
        public var mode = SearchMode.fused
        /// Tokens of the answer at most.
        public var maximumTokens = 256
        public var sampling = SamplingOptions()

        public init() {}
    }

    private let searcher: Searcher
    private let backend: any ChatBackend
    private let options: Options

    public init(searcher: Searcher, backend: any ChatBackend, options: Options = Options()) {
        self.searcher = searcher
        self.backend = backend
        self.options = options
    }

    /// The stream ends after ``AnswerEvent/finished(_:)`` or ``AnswerEvent/nothingFound(_:)``, or throws ``IndexError``,
    /// ``AnswerError``, or what the encoder or the backend throws. Ending the consuming task ends both models' work; the
    /// stream then just ends.
    public func answer(_ question: String) -> AsyncThrowingStream<AnswerEvent, any Error> {
        let (stream, continuation) = AsyncThrowingStream.makeStream(of: AnswerEvent.self)
        let task = Task {
            do {
                try await answer(question) { continuation.yield($0) }
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        continuation.onTermination = { _ in task.cancel() }
        return stream
    }

    private func answer(_ question: String, _ report: (AnswerEvent) -> Void) async throws {
        let result = try await searcher.search(question, count: options.sources, mode: options.mode)
        report(.searched(result))
        guard result.evidence.isAboutTheQuestion, !result.hits.isEmpty else {
            report(.nothingFound(result))
            return
        }
        var request = ChatRequest(
            messages: [], sampling: options.sampling, maximumTokens: options.maximumTokens)
        let prompt = try await SourcePrompt.fitting(request, question: question, sources: result.hits, in: backend)
        report(.prompt(prompt))
        request.messages = prompt.messages
        var recorder = MetricsRecorder(profile: backend.profile)
        var text = ""
        for try await event in backend.respond(to: request) {
            recorder.record(event)
            if case .token(let token) = event, token.channel == .answer { text += token.text }
            report(.chat(event))
            guard case .finished(let finish, _) = event else { continue }
            report(
                .finished(
                    GroundedAnswer(
                        question: question, text: text, sources: prompt.sources, finish: finish, search: result.times,
                        metrics: recorder.metrics)))
        }
    }
}

extension SearchResult.Evidence {
    /// Below these, what was found only shares some words or some mood with the question: of questions that a corpus
    /// answers none falls below both.
    static let leastCosine = 0.32
    static let leastCoverage = 0.6

    /// Whether anything that was found is about the question, by either ranking.
    public var isAboutTheQuestion: Bool {
        (cosine ?? 0) >= Self.leastCosine || (coverage ?? 0) >= Self.leastCoverage
    }
}
