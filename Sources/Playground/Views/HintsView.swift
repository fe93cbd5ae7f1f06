import Screen

/// The bottom line: a notice, or the keys that matter now. A notice that is longer lies above the prompt, so that what it
/// is about can be mended below it; over a task every notice lies above the keys, which lead out of it.
struct HintsView {
    let state: State
    let layout: PlaygroundLayout

    private static let mostRows = 4

    func draw(on frame: inout Frame) {
        let line = layout.hints
        guard let notice = state.notice, !isToldByForm(notice) else { return frame.write(hints: hints, in: line) }
        let text = VisibleText.of(notice.text)
        let isOverTask = state.workbench?.isShown == true
        guard TextWidth.columns(of: text) > line.size.columns || isOverTask else {
            _ = frame.write(text, at: line.origin, role: notice.role)
            return
        }
        frame.write(hints: hints, in: line)
        let lines = Wrap.lines(of: text, columns: line.size.columns).prefix(Self.mostRows)
        let bottom = layout.promptFrame.isEmpty || isOverTask ? line.minRow : layout.promptFrame.minRow
        for (row, text) in lines.enumerated() {
            let place = Rect(column: 0, row: bottom - lines.count + row, columns: layout.size.columns, rows: 1)
            frame.fill(place, with: Cell(" ", notice.role))
            frame.write(text, at: Point(column: line.minColumn, row: place.minRow), role: notice.role)
        }
    }

    private func isToldByForm(_ notice: Notice) -> Bool {
        if case .fields(let form) = state.dialog { form.reason == notice.text } else { false }
    }

    private var hints: [Hint] {
        if state.workbench?.isShown == true { return workbenchHints }
        if state.inspector != nil { return inspectorHints }
        if state.focus == .vote { return voteHints }
        var hints: [Hint] = []
        if state.isBusy, let stop = hint(.cancel, .everywhere, "stop") { hints.append(stop) }
        if case .pane = state.focus { hints += paneHints }
        let hasThoughts = state.panes.contains { $0.turns.last?.answer.hasThoughts == true }
        if hasThoughts, !state.isHidden {
            let text = state.settings.showsThoughts ? "fold thoughts" : "thoughts"
            hints += [hint(.toggleThoughts, .everywhere, text)].compactMap { $0 }
        }
        let isSpeculating = state.settings.speculates && state.canSpeculate
        for binding in state.keymap.bindings {
            guard let hint = binding.hint, let key = binding.keys.first else { continue }
            if binding.action == .toggleConcurrent {
                hints.append(Hint(key.name, state.settings.isConcurrent ? "concurrent" : "sequential"))
            } else if binding.action == .toggleSpeculation {
                hints.append(Hint(key.name, isSpeculating ? "speculating" : "one by one"))
            } else {
                hints.append(Hint(key.name, hint))
            }
        }
        return hints
    }

    private var paneHints: [Hint] {
        let zoom = hint(.zoom, .answer, state.zoomed == nil ? "zoom" : "back")
        let others = [
            hint(.inspect, .answer, "inspect"), hint(.copyAnswer, .answer, "copy"),
            hint(.regenerate, .answer, "once more"), hint(.renderedPrompt, .answer, "what it saw"),
        ]
        let first = [hint(.choose, .list, "prompt")]
        return (state.zoomed == nil ? first + others + [zoom] : first + [zoom] + others).compactMap { $0 }
    }

    private var inspectorHints: [Hint] {
        [
            hint(.previousToken, .nextToken, .inspector, "token"),
            hint(.previousAlternative, .nextAlternative, .inspector, "alternative"),
            hint(.branch, .inspector, "branch"), hint(.cancel, .everywhere, "close"),
            hint(.inspectDivergence, .inspector, "where they part"), hint(.nextHeat, .inspector, "colours"),
            hint(.otherPane, .inspector, "next pane"),
        ].compactMap { $0 }
    }

    private var workbenchHints: [Hint] {
        let isRunning = state.workbench?.isRunning == true
        let isRows = state.workbench?.tab == .rows
        let isOpenable = isRows && state.workbench?.selectedRow != nil
        let isComparing = state.workbench?.request.kind.hasAnswersToCompare == true
        return [
            hint(.cancel, .everywhere, "panes"), hint(.nextTab, .workbench, isRows ? "report" : "examples"),
            isOpenable ? hint(.choose, .list, "open") : nil,
            isRunning ? hint(.stopTask, .workbench, "stop") : nil,
            state.workbench?.board.report == nil ? nil : hint(.exportReport, .workbench, "export"),
            isComparing ? hint(.showDisagreements, .workbench, "disagreements") : nil,
            isComparing ? hint(.showMistakes, .workbench, "mistakes") : nil,
            isComparing ? hint(.showAllRows, .workbench, "all") : nil,
            hint(.move(.lineDown), .move(.lineUp), .outsideText, "scroll"), hint(.help, .everywhere, "help"),
        ].compactMap { $0 }
    }

    private var voteHints: [Hint] {
        [
            hint(.vote(.left), .vote, "is better"), hint(.vote(.right), .vote, "is better"),
            hint(.vote(.tie), .vote, "tie"), hint(.vote(.bothBad), .vote, "both bad"),
            hint(.move(.pageUp), .move(.pageDown), .vote, "scroll"),
        ].compactMap { $0 }
    }

    /// Nil for an action that has no key.
    private func hint(_ action: Action, _ context: KeyContext, _ text: String) -> Hint? {
        let key = state.keymap.firstKey(of: action, in: context)
        return key.isEmpty ? nil : Hint(key, text)
    }

    private func hint(_ one: Action, _ other: Action, _ context: KeyContext, _ text: String) -> Hint? {
        let keys = [one, other].map { state.keymap.firstKey(of: $0, in: context) }
        return keys.contains("") ? nil : Hint(keys.joined(separator: "/"), text)
    }
}

/// A key and what it does, in a word or two.
struct Hint: Equatable {
    var key: String
    var text: String

    init(_ key: String, _ text: String) {
        self.key = key
        self.text = text
    }
}

extension Notice {
    var role: Role {
        switch kind {
        case .information: .text
        case .success: .success
        case .warning: .warning
        case .failure: .error
        }
    }
}

extension Frame {
    /// Writes as many hints as fit whole.
    mutating func write(hints: [Hint], in line: Rect) {
        var column = line.minColumn
        for hint in hints {
            let spans = [Span(hint.key, .key), Span(" " + hint.text, .muted)]
            guard column + spans.columns <= line.maxColumn else { continue }
            column += write(spans, at: Point(column: column, row: line.minRow), columns: spans.columns) + 2
        }
    }
}
