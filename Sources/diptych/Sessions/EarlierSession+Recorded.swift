import Chat
import Playground
import Recording

extension EarlierSession {
    /// The conversation that each pane of a recorded session ended with: measurements are left out, and of answers that
    /// were given anew the latest stays.
    init(_ session: RecordedSession) {
        // A pane that got another model was opened several times; the latest goes on.
        var latest: [Int: Int] = [:]
        for (index, pane) in session.panes.enumerated() { latest[pane.opening.pane] = index }
        let numbers = latest.keys.filter { latest[$0].map { session.panes[$0].closed == nil } ?? false }.sorted()
        let sides = (numbers.isEmpty ? latest.keys.sorted() : numbers).compactMap { number -> Side? in
            guard let index = latest[number] else { return nil }
            let opening = session.panes[index].opening
            return Side(
                role: opening.role, model: opening.model, exchanges: Self.exchanges(ofPane: number, in: session))
        }
        self.init(sides: sides)
    }

    private static func exchanges(ofPane number: Int, in session: RecordedSession) -> [Exchange] {
        var exchanges: [Exchange] = []
        for run in session.runs where run.start.pane == number {
            let exchange = Exchange(
                prompt: run.start.prompt, events: run.events, profile: session.panes[run.pane].opening.profile)
            switch run.start.purpose {
            case .answer:
                // A conversation that was begun anew, or gone on with from an earlier prompt.
                let before = run.start.request.messages.count { $0.role == .user } - 1
                exchanges.removeLast(max(0, exchanges.count - before))
                exchanges.append(exchange)
            case .regeneration:
                if !exchanges.isEmpty { exchanges[exchanges.count - 1] = exchange }
            case .branch:
                guard var branch = exchanges.popLast() else { continue }
                branch.events = run.beginning.map { ChatEvent.token($0) } + run.events
                exchanges.append(branch)
            case .repeat, .warmUp: break
            }
        }
        return exchanges
    }
}
