import Chat
import Evaluation
import Retrieval
import Tasks

/// What `retrieve answer --questions --json` writes.
struct RetrieveAnswersDocument: JSONDocument {
    var schema = 1
    let folder: String
    let mode: SearchMode
    let passages: Int
    let questions: Int
    /// Who finds first, then those who write. An answer is right that cites an expected place.
    let sides: [SideFigures]

    init(_ report: RetrievalReport, mode: SearchMode) {
        folder = report.folder
        self.mode = mode
        passages = report.passageCount
        questions = report.questionCount
        sides = report.results.map { SideFigures($0) }
    }
}
