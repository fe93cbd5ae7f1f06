import Chat
import Reports
import Retrieval

extension TaskReport {
    /// An answer, what it rests on, and the time of each half.
    init(_ answer: GroundedAnswer, model: String, notes: [String] = []) {
        var sources = ReportTable(
            caption: "Sources",
            columns: [
                .init("", holdsFigures: true), .init("place", holdsFigures: false), .init("cited", holdsFigures: false),
            ])
        for (index, hit) in answer.sources.enumerated() {
            let isCited = answer.citations.known.contains(index + 1)
            sources.add(["[\(index + 1)]", hit.location, isCited ? "yes" : "no"], isMarked: isCited)
        }
        var times = ReportTable(
            caption: "Who took how long", columns: [.init("", holdsFigures: false), .init("time")])
        let metrics = answer.metrics
        times.add(["finding and ranking", FigureText.milliseconds(answer.search.total.milliseconds)])
        times.add(["\(model): to the first token", FigureText.milliseconds(metrics.timeToFirstToken?.milliseconds)])
        times.add(["\(model): the whole answer", FigureText.milliseconds(metrics.totalDuration?.milliseconds)])
        self.init(
            title: answer.question,
            blocks: [.text(answer.text), .table(sources), .table(times)]
                + (notes + answer.warnings).map { .text("! \($0)") })
    }

    /// A question that nothing in an index is about, so that nobody was asked.
    init(nothingFoundFor question: String, in place: String, model: String) {
        self.init(
            title: question,
            blocks: [.verdict("Nothing in \(place) is about this question, so \(model) wasn't asked.")])
    }
}
