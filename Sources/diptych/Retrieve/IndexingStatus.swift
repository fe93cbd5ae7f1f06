import Chat
import Reports
import Retrieval

/// What an indexing says while it goes on.
struct IndexingStatus {
    private var passages = 0

    /// A line for people; nil where nothing new is worth one.
    /// - Parameter seconds: since the vectors began.
    mutating func text(for event: IndexingEvent, seconds: Double) -> String? {
        switch event {
        case .found(let files): return "\(files) files"
        case .reading(let done, let all): return "reading: \(done) of \(all) files"
        case .embedding(let done, let all, let passages):
            guard all > 0 else { return nil }
            let share = "\(Int(100 * Double(done) / Double(all))) % of \(passages) passages"
            guard done > 0, seconds > 0 else { return share }
            let rate = Double(done) / seconds
            return "\(share), \(FigureText.rate(rate)), \(TimeText.short(Double(all - done) / rate)) left"
        case .writing: return "writing"
        case .finished: return nil
        }
    }
}
