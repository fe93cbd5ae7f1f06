import Chat

/// What happens while a question is answered from an index, in order.
public enum AnswerEvent: Sendable, Equatable {
    /// The small model has found and ranked.
    case searched(SearchResult)
    /// Nothing that was found is about the question, so the large model isn't asked; the last event then.
    case nothingFound(SearchResult)
    /// What the large model is asked, with as many of the sources as fit.
    case prompt(SourcePrompt)
    /// The large model's work.
    case chat(ChatEvent)
    /// The last event.
    case finished(GroundedAnswer)
}

/// An answer and what it rests on.
public struct GroundedAnswer: Sendable, Equatable {
    public var question: String
    /// Without what the model thought before.
    public var text: String
    /// Number 1 first.
    public var sources: [SearchHit]
    public var citations: Citations
    public var finish: FinishReason
    public var search: SearchResult.Times
    /// Of the large model.
    public var metrics: Metrics

    public init(
        question: String, text: String, sources: [SearchHit], finish: FinishReason, search: SearchResult.Times,
        metrics: Metrics
    ) {
        self.question = question
        self.text = text
        self.sources = sources
        self.finish = finish
        self.search = search
        self.metrics = metrics
        citations = Citations(in: text, sources: sources.count)
    }

    /// The text with places instead of the numbers of sources.
    public var textWithPlaces: String { Citations.spelledOut(text, places: sources.map(\.location)) }

    /// What a reader should be warned of, one line each.
    public var warnings: [String] {
        var warnings: [String] = []
        if !citations.unknown.isEmpty {
            let numbers = citations.unknown.map { "[\($0)]" }.joined(separator: ", ")
            warnings.append("\(numbers): the answer cites what wasn't among its \(sources.count) sources")
        }
        if citations.known.isEmpty, !text.isEmpty { warnings.append("the answer cites none of its sources") }
        if finish == .length { warnings.append("the answer was cut at the length asked for (-n)") }
        return warnings
    }
}
