import Chat
import Reports
import Screen

/// The line that sums the comparison up, and how the panes take turns.
struct VerdictView {
    let state: State
    let layout: PlaygroundLayout

    func draw(on frame: inout Frame, in line: Rect) {
        // Panes that are out of sight are always mentioned.
        let more = layout.hiddenPanes > 0 ? [Span("+\(layout.hiddenPanes)", .warning)] : []
        // So is a task.
        let task = task(columns: line.size.columns)
        let kept = task ?? more
        let room = line.size.columns - (kept.isEmpty ? 0 : kept.columns + 2)
        let verdict = sentence(columns: room, beside: task == nil ? TextWidth.columns(of: mode.text) + 2 : 0)
        let text = TextWidth.truncate(verdict ?? prelude, to: room)
        let used = frame.write(text, at: line.origin, role: verdict == nil ? .muted : .verdict)
        let rest = line.split(columns: [.fixed(used > 0 ? used + 2 : 0), .share()])[1]
        let side = task ?? pull ?? [mode]
        let isFitting = side.columns <= rest.size.columns
        frame.writeRight(isFitting ? side : kept, in: isFitting ? rest : line)
    }

    private var mode: Span {
        var words = [state.settings.isConcurrent ? "concurrent" : "sequential"]
        if state.isReplay { words.append("replay") }
        if state.settings.speculates, state.canSpeculate { words.append("speculating") }
        if state.ruleText != nil, !layout.hasPromptBorder { words.append("answers held to a rule") }
        if state.blind != nil { words.append("blind") }
        if state.settings.heat != .off { words.append("colours: \(state.settings.heat.rawValue)") }
        if layout.hiddenPanes > 0 { words.append("\(layout.hiddenPanes) more, Tab shows them") }
        return Span(words.joined(separator: " · "), state.settings.isConcurrent ? .warning : .muted)
    }

    /// How the small model's latest run stands against the large one's, if both have begun: in the longest wording
    /// that fits, beside the mode if possible.
    /// - Parameter other: columns of what should stand beside it.
    private func sentence(columns: Int, beside other: Int) -> String? {
        guard !state.isHidden, !isRepeating, let comparison = state.comparison else { return nil }
        guard let sentence = comparison.sentence, let brief = comparison.briefSentence else { return nil }
        let wordings = [sentence, "small: " + brief]
        return wordings.first { TextWidth.columns(of: $0) <= columns - other }
            ?? wordings.first { TextWidth.columns(of: $0) <= columns } ?? brief
    }

    private var isRepeating: Bool { state.repetition?.phase == .running }

    /// What is under way while there is nothing to compare.
    private var prelude: String {
        if let repetition = state.repetition, isRepeating { return repetition.progress }
        if state.focus == .vote {
            return layout.size.columns < 50
                ? "Left/Right, t: a tie, b: both are bad" : "Left or right, t for a tie, b if both are bad."
        }
        if state.isHidden { return "Both answer, names hidden…" }
        let loading = state.panes.filter(\.isLoading)
        if !loading.isEmpty { return "opening \(names(loading))…" }
        let running = state.panes.filter { $0.turns.last?.isRunning == true }
        if running.isEmpty, let follow = state.followAlong, follow.isRunning { return "following…" }
        if !running.isEmpty, running.allSatisfy({ $0.turns.last?.phase == .requesting }) {
            return "asking \(names(running))…"
        }
        return running.isEmpty ? "" : "\(names(running)) \(running.count == 1 ? "answers" : "answer")…"
    }

    private func names(_ panes: [Pane]) -> String {
        panes.map { $0.role?.rawValue ?? $0.name }.joined(separator: " and ")
    }

    /// A task that goes on behind the panes.
    private func task(columns: Int) -> [Span]? {
        guard let task = state.workbench, task.isRunning else { return nil }
        let name = [Span(VisibleText.of(task.board.task).onOneLine + " ", .muted)]
        let key = [Span(" · ", .muted), Span(state.keymap.firstKey(of: .workbench), .key)]
        let wordings = [name + state.statusOfTask + key, name + state.statusOfTask.prefix(1) + key]
        return wordings.first { $0.columns <= columns / 2 } ?? wordings[1]
    }

    /// A pull that goes on in the background.
    private var pull: [Span]? {
        guard state.dialog == nil else { return nil }
        let running = state.library.pulls.filter { $0.value.isRunning }.sorted { $0.key < $1.key }
        guard let (id, pull) = running.first else { return nil }
        let more = running.count > 1 ? " +\(running.count - 1)" : ""
        switch pull {
        case .running(let progress):
            return [Span("pulling \(id) ", .muted), Span(Figures.percent(progress.fraction) + more, .metric)]
        case .verifying, .failed: return [Span("verifying \(id)" + more, .muted)]
        }
    }
}

extension State {
    /// How the small model's latest answer stands against the large one's. Only figures of answers to the same prompt are
    /// compared.
    var comparison: Comparison? {
        func metrics(_ role: PaneRole) -> Metrics? { panes.first { $0.role == role }?.latestMetrics }
        guard let small = metrics(.small), let large = metrics(.large) else { return nil }
        return Comparison(small: small, large: large)
    }
}
