import Chat
import Screen

extension PlainPlayground {
    /// Says what becomes of each pane's model.
    mutating func writeModels() {
        for index in state.panes.indices {
            let pane = state.panes[index]
            guard let sentence = sentence(on: pane, at: index), told.models[pane.id] != sentence else { continue }
            told.models[pane.id] = sentence
            text.line(sentence)
        }
    }

    private func sentence(on pane: Pane, at index: Int) -> String? {
        let label = state.label(index)
        switch pane.model {
        case .none: return nil
        case .loading(_, let fraction):
            // A line for each quarter.
            let quarter = fraction.map { ($0 * 4).rounded(.down) / 4 }
            return "\(label): opening \(pane.name)…" + (quarter.map { " " + Figures.percent($0) } ?? "")
        case .failed(let reason): return "\(label): \(reason)"
        case .ready(let profile, _):
            let facts = profile.facts + ["opened in \(Figures.duration(profile.loadDuration).text)"]
            let rest = profile.hasChatTemplate ? "" : "; continues raw text: this model has no chat template"
            let warning = profile.warning.map { "; " + $0 } ?? ""
            return "\(label): \(profile.name), \(facts.joined(separator: ", "))\(rest)\(warning)"
        }
    }

    /// Says how far each pull is, a line for each tenth.
    mutating func writePulls() {
        for (id, pull) in state.library.pulls.sorted(by: { $0.key < $1.key }) {
            guard let sentence = Self.sentence(on: pull, of: id), told.pulls[id] != sentence.key else { continue }
            told.pulls[id] = sentence.key
            text.line(sentence.text)
        }
        told.pulls = told.pulls.filter { state.library.pulls[$0.key] != nil }
    }

    private static func sentence(on pull: Library.Pull, of id: String) -> (key: String, text: String)? {
        switch pull {
        case .running(let progress):
            let tenth = Int(progress.fraction * 10)
            var text = "pulling \(id): \(tenth * 10) %, \(Figures.bytes(progress.received, of: progress.total).text)"
            if let left = progress.timeLeft { text += ", about \(Figures.duration(left).text) left" }
            return ("\(tenth)", text)
        case .verifying: return ("verifying", "verifying the SHA-256 of \(id)…")
        // A notice says why.
        case .failed: return nil
        }
    }

    /// Says how far a repetition is, and when it has ended what it brought.
    mutating func writeRepetition() {
        guard let repetition = state.repetition else {
            told.repetition = nil
            return
        }
        if repetition.phase == .running {
            if told.repetition != repetition.progress { text.line(repetition.progress) }
            told.repetition = repetition.progress
        } else if told.repetition != nil {
            told.repetition = nil
            write(page: PageDialog(.repeats))
        }
    }

    /// Says who follows whom, and when that has ended what it brought.
    mutating func writeFollowing() {
        guard let follow = state.followAlong else {
            told.following = nil
            return
        }
        if follow.isRunning {
            if told.following != follow.run { text.line(state.followTitle + "…") }
            told.following = follow.run
        } else if told.following != nil {
            told.following = nil
            text.separate()
            text.line(state.followTitle)
            text.lines(state.followSummary(columns: columns))
            text.separate()
        }
    }

    mutating func write(page: PageDialog) {
        let (title, lines) = state.contents(of: page, columns: columns)
        text.separate()
        text.line(title)
        text.lines(lines)
        text.separate()
    }
}
