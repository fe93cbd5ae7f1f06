import Chat
import Reports

/// Tells people on standard error how a task gets on: on a terminal in one line that is written again and again, elsewhere
/// in a line now and then.
actor TaskProgress {
    private let notes: Output
    private let status: StatusLine
    private let clock = ContinuousClock()
    private var board = TaskBoard(task: "", title: "", sides: [])
    private var lastShown: ContinuousClock.Instant?

    /// On a terminal lines may follow each other quickly; in a log they shouldn't.
    private static let pauses = (terminal: Duration.milliseconds(100), log: Duration.seconds(10))

    init(notes: Output = .standardError) {
        self.notes = notes
        status = StatusLine(output: notes)
    }

    func take(_ update: TaskUpdate) {
        board.apply(update)
        switch update {
        case .began, .timeLeft: break
        case .figures: show(isUrgent: false)
        case .outcome(_, _, _, _, _, let wasDoneBefore): if !wasDoneBefore { show(isUrgent: false) }
        case .phase(let phase, let side): tell(phase, side)
        case .note(let note):
            status.clear()
            notes.tell(note)
        case .finished: status.clear()
        }
    }

    func clear() { status.clear() }

    private func tell(_ phase: TaskBoard.Side.Phase, _ side: Int) {
        guard board.sides.indices.contains(side) else { return }
        let resumed = board.sides[side].resumed
        if phase == .loading, resumed > 0 {
            status.clear()
            notes.tell("\(board.sides[side].name): going on behind \(resumed) examples that were done before")
        }
        show(isUrgent: true)
    }

    private func show(isUrgent: Bool) {
        let now = clock.now
        if notes.isTerminal {
            if !isUrgent, let lastShown, now - lastShown < Self.pauses.terminal { return }
            lastShown = now
            status.show(board.progressText)
        } else {
            guard let lastShown else {
                lastShown = now
                return
            }
            guard now - lastShown >= Self.pauses.log else { return }
            self.lastShown = now
            notes.tell(board.progressText)
        }
    }
}

extension TaskBoard {
    /// One line: how far each side is, how often it was right, and the time that is left.
    var progressText: String {
        let sides = sides.map { side in
            switch side.phase {
            case .waiting: return "\(side.name) waits"
            case .loading where !side.figures.isEmpty:
                return "\(side.name): " + side.figures.map { "\($0.name) \($0.text)" }.joined(separator: ", ")
            case .loading: return "\(side.name) is being opened"
            case .warmingUp: return "\(side.name) warms up"
            case .failed(let reason): return "\(side.name): \(reason)"
            case .running, .done:
                let right = Proportion(successes: Double(side.right), trials: side.judged)
                let accuracy = right.map { " \(FigureText.fixed($0.value * 100, places: 1)) %" } ?? ""
                return "\(side.name) \(side.done)/\(side.total)\(accuracy)"
            }
        }
        let left = secondsLeft.map { ["\(TimeText.short($0)) left"] } ?? []
        return (sides + left).joined(separator: " · ")
    }
}
