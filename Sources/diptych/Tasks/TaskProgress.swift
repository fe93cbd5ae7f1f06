import Chat
import Reports
import Screen

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
            status.show(board.progressText(columns: status.room))
        } else {
            guard let lastShown else {
                lastShown = now
                return
            }
            guard now - lastShown >= Self.pauses.log else { return }
            self.lastShown = now
            notes.tell(board.progressText())
        }
    }
}

extension TaskBoard {
    /// Columns of a side's name that still tell it from others.
    private static let narrowestName = 6

    /// One line: how far each side is, how often it was right, and the time that is left.
    /// - Parameter columns: that it is made to fit by shortening names, as far as that goes; nil for any length.
    func progressText(columns: Int? = nil) -> String {
        let whole = progressText { $0 }
        guard let columns, TextWidth.columns(of: whole) > columns else { return whole }
        let longest = sides.map { TextWidth.columns(of: $0.name) }.max() ?? 0
        let widths = stride(from: longest - 1, through: Self.narrowestName, by: -1)
        let shortened = widths.lazy.map { width in progressText { TextWidth.truncate($0, to: width) } }
        return shortened.first { TextWidth.columns(of: $0) <= columns }
            ?? progressText {
                TextWidth.truncate($0, to: Self.narrowestName)
            }
    }

    private func progressText(shortened: (String) -> String) -> String {
        let sides = sides.map { side in
            let name = shortened(side.name)
            switch side.phase {
            case .waiting: return "\(name) waits"
            case .loading where !side.figures.isEmpty:
                return "\(name): " + side.figures.map { "\($0.name) \($0.text)" }.joined(separator: ", ")
            case .loading: return "\(name) is being opened"
            case .warmingUp: return "\(name) warms up"
            case .failed(let reason): return "\(name): \(reason)"
            case .running, .done:
                let right = Proportion(successes: Double(side.right), trials: side.judged)
                let accuracy = right.map { " \(FigureText.fixed($0.value * 100, places: 1)) %" } ?? ""
                return "\(name) \(side.done)/\(side.total)\(accuracy)"
            }
        }
        let left = secondsLeft.map { ["\(TimeText.short($0)) left"] } ?? []
        return (sides + left).joined(separator: " · ")
    }
}
