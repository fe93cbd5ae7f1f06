import Screen

extension State {
    /// Moves through the dialog, the inspector's answer, the focused pane or, from the prompt, through all panes.
    mutating func move(_ motion: Motion) {
        switch dialog {
        case .models(let picker):
            let page = layout.modelsList(count: library.listings?.count ?? 0).size.rows
            let count = rows(of: picker).count
            changePicker { $0.selected = motion.index(from: $0.selected, count: count, page: page) }
        case .parameters(var form):
            let page = layout.parametersList.size.rows
            form.select(motion.index(from: form.selected, count: Parameter.allCases.count, page: page))
            dialog = .parameters(form)
        case .list(let list):
            let count = rows(of: list).count
            let page = layout.list(count: self.count(of: list.kind)).size.rows
            changeList { $0.selected = motion.index(from: $0.selected, count: count, page: page) }
        case .page(var page):
            let contents = contents(of: page, in: layout)
            let rows = contents.rect.size.rows
            let stops = max(0, contents.lines.count - rows) + 1
            page.top = motion.index(from: min(page.top, stops - 1), count: stops, page: rows)
            dialog = .page(page)
        case .fields(var form):
            form.select(motion.index(from: form.selected, count: form.fields.count, page: form.fields.count))
            dialog = .fields(form)
        case .systemPrompt:
            break
        case nil where workbench?.isShown == true: moveWorkbench(motion)
        case nil where inspector != nil: moveInspector(motion)
        case nil:
            switch focus {
            case .prompt where completion.isOpen && motion == .lineUp: stepCompletion(by: -1)
            case .prompt where completion.isOpen && motion == .lineDown: stepCompletion(by: 1)
            case .prompt, .vote: for pane in shownPanes { scroll(pane, motion) }
            case .pane(let pane): scroll(pane, motion)
            }
        }
    }

    private mutating func moveInspector(_ motion: Motion) {
        guard let inspector, let turn = inspectedTurn else { return }
        let moved = motion.index(from: inspector.token, count: turn.answer.tokens.count, page: 11)
        stepInspector(by: moved - inspector.token)
    }

    /// A pane that is scrolled to its end follows the answer again.
    mutating func scroll(_ pane: Int, _ motion: Motion) {
        let layout = layout
        guard let rect = transcriptRect(pane, in: layout) else { return }
        let last = max(0, transcript(pane, columns: rect.size.columns).lines.count - rect.size.rows)
        let top = if case .line(let line) = panes[pane].scroll { min(line, last) } else { last }
        let moved = motion.index(from: top, count: last + 1, page: rect.size.rows)
        panes[pane].scroll = moved >= last ? .tail : .line(moved)
    }

    /// Scrolls the inspected pane so that the token is in sight.
    mutating func revealInspectedToken() {
        let layout = layout
        guard let inspector, let rect = transcriptRect(inspector.pane, in: layout), rect.size.rows > 0 else { return }
        let lines = transcript(inspector.pane, columns: rect.size.columns).lines
        guard let line = lines.firstIndex(where: { $0.spans.contains { $0.role == .token } }) else { return }
        let last = max(0, lines.count - rect.size.rows)
        let top = if case .line(let line) = panes[inspector.pane].scroll { min(line, last) } else { last }
        guard line < top || line >= top + rect.size.rows else { return }
        let wanted = min(max(0, line - rect.size.rows / 2), last)
        panes[inspector.pane].scroll = wanted >= last ? .tail : .line(wanted)
    }
}

extension State {
    /// The conversation of a pane, in a number of columns.
    func transcript(_ pane: Int, columns: Int) -> Transcript {
        transcript(pane, columns: columns, divergence: divergences[pane])
    }

    /// - Parameter divergence: where its latest answer parts from another one.
    func transcript(_ pane: Int, columns: Int, divergence: Divergence?) -> Transcript {
        Transcript(
            pane: panes[pane], columns: columns, waitingFor: waitingReason(pane),
            overlay: overlay(of: pane, divergence: divergence),
            showsMarkdown: settings.showsMarkdown, showsThoughts: settings.showsThoughts,
            secrecy: isHidden ? (isBusy ? .answers : .names) : .none, divergence: divergence,
            isOnServer: isOnServer(panes[pane]))
    }

    /// Where the conversation stands: below the line about raw text, if there is one. Nil for panes out of sight.
    func transcriptRect(_ pane: Int, in layout: PlaygroundLayout) -> Rect? {
        guard let rects = layout.rects(of: pane) else { return nil }
        return rects.transcript.split(top: rawTextNotice(pane, in: rects).count).rest
    }

    /// What a base model's pane always says.
    func rawTextNotice(_ pane: Int, in rects: PlaygroundLayout.PaneRects) -> [String] {
        let rect = rects.transcript
        guard panes[pane].profile?.hasChatTemplate == false, rect.size.rows >= 3, !isHidden else { return [] }
        let most = rect.size.rows / 3
        let wordings = ["continues raw text: this model has no chat template", "raw text: no chat template"]
            .map { Wrap.lines(of: $0, columns: rect.size.columns) }
        return wordings.first { $0.count <= most } ?? Array(wordings[1].prefix(most))
    }

    /// The wheel scrolls what is under the pointer; a press gives it the focus.
    mutating func take(mouse event: MouseEvent) {
        switch event {
        case .wheelUp(let point): wheel(at: point, .lineUp)
        case .wheelDown(let point): wheel(at: point, .lineDown)
        case .press(let point):
            guard dialog == nil, focus != .vote, inspector == nil, workbench?.isShown != true else { return }
            let layout = layout
            completion = Completion()
            if layout.promptFrame.contains(point) {
                focus = .prompt
            } else if let rects = layout.panes.first(where: { $0.frame.contains(point) }) {
                focus = .pane(rects.pane)
            }
        }
    }

    private mutating func wheel(at point: Point, _ motion: Motion) {
        guard dialog == nil else { return move(motion) }
        guard workbench?.isShown != true else {
            for _ in 0..<3 { moveWorkbench(motion) }
            return
        }
        guard inspector == nil, let pane = layout.panes.first(where: { $0.frame.contains(point) })?.pane
        else { return }
        for _ in 0..<3 { scroll(pane, motion) }
    }

    private func waitingReason(_ pane: Int) -> String {
        if panes.contains(where: \.isLoading) { return "waiting for the models to open" }
        guard let other = panes.indices.first(where: { panes[$0].turns.last?.isRunning == true }) else {
            return "waiting"
        }
        return "waiting for \(label(other)) to finish"
    }
}
