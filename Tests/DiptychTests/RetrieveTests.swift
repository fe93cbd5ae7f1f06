import Chat
import Reports
import Retrieval
import Testing
import Typesetting

@testable import diptych

/// What `retrieve` says while it works, and afterwards.
@Suite struct RetrieveTests {
    @Test func indexingTellsTheTimeOfTheStageThatIsUnderWay() {
        var progress = IndexingProgress()
        func text(_ event: IndexingEvent, at seconds: Double) -> String? {
            progress.take(event, at: seconds)
            return progress.text
        }
        #expect(text(.found(files: 40), at: 1) == "40 files")
        #expect(text(.reading(done: 0, of: 40), at: 1) == "reading: 0 of 40 files")
        #expect(text(.reading(done: 10, of: 40), at: 21) == "reading: 10 of 40 files, 1:00 left")
        #expect(progress.secondsLeft == 60)
        #expect(text(.embedding(done: 0, of: 1000, passages: 12), at: 90) == "0 % of 12 passages")
        #expect(progress.secondsLeft == nil)
        let embedding = text(.embedding(done: 250, of: 1000, passages: 12), at: 100)
        #expect(embedding?.hasPrefix("25 % of 12 passages, 25") == true, "\(embedding ?? "nil")")
        #expect(embedding?.hasSuffix(", 30 s left") == true, "\(embedding ?? "nil")")
        #expect(text(.embedding(done: 0, of: 0, passages: 0), at: 101) == nil)
        #expect(text(.writing, at: 102) == "writing" && progress.secondsLeft == nil)
    }

    private func hit(_ path: String, rank: Int) -> SearchHit {
        SearchHit(rank: rank, path: path, lines: 3...9, isPaged: false, trail: "", text: "words", score: 1)
    }

    @Test func aReportOfAnAnswerHasItsSourcesAndTheTimeOfEachHalf() {
        var metrics = Metrics(loadDuration: .zero, contextAvailable: nil)
        metrics.timeToFirstToken = .milliseconds(1500)
        metrics.totalDuration = .seconds(4)
        var times = SearchResult.Times()
        times.scan = .milliseconds(7)
        let answer = GroundedAnswer(
            question: "where do ships rest", text: "In a harbour [2] [7].",
            sources: [hit("bread.txt", rank: 1), hit("ships.txt", rank: 2)], finish: .stop, search: times,
            metrics: metrics)
        let report = TaskReport(answer, model: "large", notes: ["a note"])
        #expect(report.title == "where do ships rest")
        let text = ReportText(report, columns: 80).text()
        for part in ["In a harbour [2] [7].", "! a note", "! [7]: ", "7.00 ms"] {
            #expect(text.contains(part), "\(text)")
        }
        #expect(text.contains(/\[1\] +bread\.txt:3-9 +no/) && text.contains(/\[2\] +ships\.txt:3-9 +yes/), "\(text)")
        #expect(text.contains(/large: to the first token +1/) && text.contains(/large: the whole answer +4/), "\(text)")
    }

    @Test func whereNothingIsFoundTheReportSaysWhoWasNotAsked() {
        let report = TaskReport(nothingFoundFor: "how", in: "notes", model: "large")
        let text = ReportText(report, columns: 80).text()
        #expect(text.contains("Nothing in notes is about this question, so large wasn't asked."), "\(text)")
    }
}
