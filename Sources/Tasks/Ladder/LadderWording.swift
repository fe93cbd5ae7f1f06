import Chat
import Foundation
import Reports

/// Puts what a ladder reports while it runs into words for a screen: its examples are steps, and what comes of them is kept
/// as JSON.
public actor LadderWording {
    /// Nats lost so far and the places they were lost at, by side.
    private var losses: [Int: (sum: Double, places: Int)] = [:]

    public init() {}

    /// What a screen is told in an update's place. Updates are taken in their order.
    public func worded(_ update: TaskUpdate) -> TaskUpdate {
        switch update {
        case .figures(let figures, let side):
            // Steps take how long they take: only what the file holds in memory says something about it.
            return .figures(figures.filter { $0.name == "memory" }, side: side)
        case .outcome(var outcome, let side, let id, let text, let expected, let wasDoneBefore):
            if outcome.failure == nil, let words = words(for: outcome.answer, of: id, side: side) {
                outcome.answer = words
            }
            return .outcome(
                outcome, side: side, id: id, text: text, expected: expected, wasDoneBefore: wasDoneBefore)
        case .began, .phase, .timeLeft, .note, .finished: return update
        }
    }

    private func words(for answer: String, of id: String, side: Int) -> String? {
        switch LadderStep(id: id) {
        case .facts:
            guard let facts = LadderSolver.value(LadderFacts.self, in: answer) else { return nil }
            return "\(facts.format), \(FigureText.bytes(facts.bytes)), "
                + "\(FigureText.number(facts.bitsPerWeight)) bits a weight"
        case .chunk:
            guard let score = LadderSolver.value(ChunkScore.self, in: answer) else { return nil }
            var (sum, places) = losses[side] ?? (0, 0)
            sum += score.losses.reduce(0) { $0 + Double($1) }
            places += score.losses.count
            losses[side] = (sum, places)
            return "\(FigureText.number(exp(sum / Double(max(1, places))))) perplexity so far"
        case .speed: return LadderSolver.value(Double.self, in: answer).map { FigureText.rate($0) }
        case nil: return nil
        }
    }
}
