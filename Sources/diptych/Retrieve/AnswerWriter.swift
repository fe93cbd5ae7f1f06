import Chat
import Reports
import Retrieval

/// Writes an answer from an index as it comes, or as one document.
struct AnswerWriter: Sendable {
    var isJSON: Bool
    var output: Output
    /// Where notes for people go.
    var notes: Output

    /// - Returns: the same as a report.
    func write(
        _ events: AsyncThrowingStream<AnswerEvent, any Error>, to question: String, model: String, searcher: Searcher
    ) async throws -> TaskReport {
        let status = StatusLine(output: notes)
        defer { status.clear() }
        var told: [String] = []
        for try await event in events {
            switch event {
            case .searched(let result):
                let times = RetrieveSearchDocument.Times(result.times)
                notes.tell("\(searcher.encoderName): " + times.text(passages: searcher.passageCount))
            case .nothingFound(let result):
                try finish(nothingFound: result, question, model, searcher)
                return TaskReport(nothingFoundFor: question, in: searcher.folder, model: model)
            case .prompt(let prompt):
                status.show("\(model) reads \(prompt.sources.count) passages")
            case .chat(.token(let token)) where !isJSON && token.channel == .answer:
                status.clear()
                try output.writeUntrusted(token.text)
            case .chat(.prefill(let done, let all, _)) where done < all:
                status.show("\(model) reads: \(done) of \(all) tokens")
            case .chat(.note(let note)): told.append(note)
            case .chat: break
            case .finished(let answer):
                status.clear()
                let document = RetrieveAnswerDocument(answer, model: model, searcher: searcher, notes: told)
                try finish(answer, document)
                return TaskReport(answer, model: model, notes: told)
            }
        }
        throw CancellationError()
    }

    private func finish(_ answer: GroundedAnswer, _ document: RetrieveAnswerDocument) throws {
        for note in document.notes { notes.tell(note) }
        if isJSON {
            try output.write(document.encoded())
        } else {
            try output.writeUntrusted("\n\n" + document.sourceList)
            let metrics = answer.metrics
            notes.tell(
                "\(document.model): first token after \(FigureText.milliseconds(metrics.timeToFirstToken?.milliseconds)), "
                    + "then \(FigureText.rate(metrics.decodeTokensPerSecond))")
        }
    }

    private func finish(nothingFound result: SearchResult, _ question: String, _ model: String, _ searcher: Searcher)
        throws
    {
        let remark = "nothing in the index is about that question, so \(model) wasn't asked; ask in other words"
        if isJSON {
            try output.write(
                RetrieveAnswerDocument(nothingFound: result, question, model: model, searcher: searcher, remark)
                    .encoded())
        } else {
            notes.tell(remark)
        }
    }
}
