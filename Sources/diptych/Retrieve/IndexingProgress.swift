import Chat
import Reports
import Retrieval

/// How far an indexing is.
struct IndexingProgress {
    /// A line for people; nil where nothing new is worth one.
    private(set) var text: String?
    /// Estimated from the pace of the stage that is under way: files are read first, vectors computed then.
    private(set) var secondsLeft: Double?
    /// When the stage began.
    private var start = 0.0

    /// - Parameter seconds: since the indexing began.
    mutating func take(_ event: IndexingEvent, at seconds: Double) {
        (text, secondsLeft) = (nil, nil)
        switch event {
        case .found(let files):
            start = seconds
            text = "\(files) files"
        case .reading(let done, let all):
            estimate(done, of: all, seconds)
            text = "reading: \(done) of \(all) files" + remark
        case .embedding(let done, let all, let passages):
            guard all > 0 else { return }
            if done == 0 { start = seconds }
            estimate(done, of: all, seconds)
            let rate = secondsLeft == nil ? "" : ", \(FigureText.rate(Double(done) / (seconds - start)))"
            text = "\(Int(100 * Double(done) / Double(all))) % of \(passages) passages" + rate + remark
        case .writing: text = "writing"
        case .finished: break
        }
    }

    private mutating func estimate(_ done: Int, of all: Int, _ seconds: Double) {
        guard done > 0, seconds > start else { return }
        secondsLeft = (seconds - start) / Double(done) * Double(all - done)
    }

    private var remark: String { secondsLeft.map { ", \(TimeText.short($0)) left" } ?? "" }
}
