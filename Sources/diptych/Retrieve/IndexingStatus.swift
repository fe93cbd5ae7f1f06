import Chat
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
            return "\(share), \(FigureText.rate(rate)), \(Self.duration(Double(all - done) / rate)) left"
        case .writing: return "writing"
        case .finished: return nil
        }
    }

    /// "8 s", "3:07", "1:02:45".
    static func duration(_ seconds: Double) -> String {
        guard seconds < 360_000 else { return "days" }
        let whole = Int(seconds.rounded(.up))
        guard whole >= 60 else { return "\(whole) s" }
        func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let (hours, minutes) = (whole / 3600, whole / 60 % 60)
        return (hours > 0 ? "\(hours):\(twoDigits(minutes))" : "\(minutes)") + ":\(twoDigits(whole % 60))"
    }
}
