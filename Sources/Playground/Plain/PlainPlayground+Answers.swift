import Chat
import Screen

extension PlainPlayground {
    /// Writes what has come of the answers, one after the other: as they come where the models take turns, otherwise
    /// each as soon as it is whole, and hidden ones when all are. Figures and verdict follow.
    mutating func writeAnswers() {
        guard !state.isHidden || !state.isBusy else { return }
        let streams = !state.isHidden && (!state.settings.isConcurrent || state.panes.count == 1)
        for pane in state.shownPanes {
            guard let turn = state.panes[pane].turns.last, !turn.kind.isMeasurement, turn.phase != .queued,
                !told.finished.contains(turn.run), streams || !turn.isOpen
            else { continue }
            write(turn, of: pane)
        }
        compare()
    }

    private mutating func write(_ turn: Turn, of pane: Int) {
        if told.current?.run != turn.run {
            text.separate()
            text.line("\(heading(of: pane)):")
            text.beginAnswer()
            told.current = Told.Answer(run: turn.run)
        }
        writeThoughts(of: turn)
        let whole = turn.answer.text.utf8
        text.piece(String(decoding: whole.dropFirst(told.current?.bytes ?? 0), as: UTF8.self))
        told.current?.bytes = whole.count
        guard !turn.isOpen else { return }
        text.endAnswer(remarks: remarks(on: turn, of: pane))
        told.current = nil
        told.finished.insert(turn.run)
        if case .failed = turn.phase { told.failures += 1 }
    }

    /// Thoughts as they come, where the user wants them; and once they are over, a line that says how long they took.
    private mutating func writeThoughts(of turn: Turn) {
        guard !state.isHidden, turn.answer.hasThoughts else { return }
        if state.settings.showsThoughts {
            let whole = turn.answer.thoughts.utf8
            text.piece(String(decoding: whole.dropFirst(told.current?.thoughtBytes ?? 0), as: UTF8.self))
            told.current?.thoughtBytes = whole.count
        }
        guard told.current?.hasToldThoughts == false, !turn.answer.isEmpty || !turn.isOpen else { return }
        told.current?.hasToldThoughts = true
        text.lineInAnswer("(\(turn.thoughtsTitle))")
    }

    /// "small, smollm2-135m-instruct", or the side that a hidden answer stands on.
    private func heading(of pane: Int) -> String {
        guard !state.isHidden else { return state.shownPanes.first == pane ? "left" : "right" }
        return "\(state.label(pane)), \(state.panes[pane].name)"
    }

    /// What the screen shows under an answer.
    private func remarks(on turn: Turn, of pane: Int) -> [String] {
        let transcript = Transcript(pane: state.panes[pane], columns: 10_000, waitingFor: "")
        let notes = state.isHidden ? [] : turn.notes
        let speculation = state.isHidden ? [] : transcript.speculation(turn)
        let lines = (speculation + transcript.ending(turn)).map { line in
            String(line.spans.map(\.text).joined().drop { "·■× ".contains($0) })
        }
        return (notes + lines).map { "(\(Self.withoutKeys($0)))" }
    }

    /// The figures side by side, the verdict, and where the answers part; once for each prompt.
    private mutating func compare() {
        let turns = state.panes.compactMap { $0.turns.last }.filter { !$0.kind.isMeasurement }
        guard !state.isBusy, !state.isHidden, let action = turns.map(\.action).max(), action > told.compared else {
            return
        }
        told.compared = action
        let table = PlainFigures(state).lines
        guard !table.isEmpty else { return }
        text.separate()
        for line in table { text.line(line) }
        let closing = [state.comparison?.sentence].compactMap { $0 } + partings
        text.separate()
        for line in closing { text.line(line) }
        text.separate()
    }

    private var partings: [String] {
        let answers = state.panes.map { $0.turns.last?.answer.text ?? "" }
        guard answers.count > 1, answers[0] != "" else { return [] }
        guard Set(answers).count > 1 else { return ["The answers are the same."] }
        return state.divergences.enumerated().compactMap { pane, divergence in
            // An answer that wasn't given parts from none.
            guard let divergence, answers[pane] != "", pane > 0 || answers[1] != "" else { return nil }
            return "\(state.label(pane)) \(divergence.sentence)"
        }
    }

    /// All that was said in an earlier session.
    mutating func writeConversations() {
        for index in state.longestConversation.indices {
            text.separate()
            text.line("> \(state.longestConversation[index].prompt)")
            for pane in state.panes.indices where state.panes[pane].turns.indices.contains(index) {
                write(state.panes[pane].turns[index], of: pane)
            }
        }
        told.compared = state.panes.compactMap { $0.turns.last?.action }.max() ?? told.compared
        text.separate()
    }
}
