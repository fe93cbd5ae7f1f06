import Screen

extension State {
    /// Moves through the dialog, the focused pane or, from the prompt, through all panes.
    mutating func move(_ motion: Motion) {
        switch dialog {
        case .models(var picker):
            let count = library.listings?.count ?? 0
            let page = layout.modelsList(count: count).size.rows
            picker.selected = motion.index(from: picker.selected, count: count, page: page)
            dialog = .models(picker)
        case .parameters(var form):
            let page = layout.parametersList.size.rows
            form.select(motion.index(from: form.selected, count: Parameter.allCases.count, page: page))
            dialog = .parameters(form)
        case .help(var help):
            let page = layout.helpPage.size.rows
            let stops = max(0, HelpPage.lines.count - page) + 1
            help.top = motion.index(from: help.top, count: stops, page: page)
            dialog = .help(help)
        case .palette(var palette):
            let page = layout.paletteList.size.rows
            palette.selected = motion.index(from: palette.selected, count: palette.matches.count, page: page)
            dialog = .palette(palette)
        case .systemPrompt:
            break
        case nil:
            switch focus {
            case .prompt: for pane in panes.indices { scroll(pane, motion) }
            case .pane(let pane): scroll(pane, motion)
            }
        }
    }

    /// A pane that is scrolled to its end follows the answer again.
    private mutating func scroll(_ pane: Int, _ motion: Motion) {
        let layout = layout
        let rect = transcriptRect(pane, in: layout)
        let last = max(0, transcript(pane, in: layout).lines.count - rect.size.rows)
        let top = if case .line(let line) = panes[pane].scroll { min(line, last) } else { last }
        let moved = motion.index(from: top, count: last + 1, page: rect.size.rows)
        panes[pane].scroll = moved >= last ? .tail : .line(moved)
    }
}

extension State {
    /// The conversation of a pane, as wide as the screen lets it be.
    func transcript(_ pane: Int, in layout: PlaygroundLayout) -> Transcript {
        Transcript(
            pane: panes[pane], columns: layout.panes[pane].transcript.size.columns, waitingFor: waitingReason(pane))
    }

    /// Where the conversation stands: below the line about raw text, if there is one.
    func transcriptRect(_ pane: Int, in layout: PlaygroundLayout) -> Rect {
        let rect = layout.panes[pane].transcript
        return rect.split(top: rawTextNotice(pane, in: layout).count).rest
    }

    /// What a base model's pane always says.
    func rawTextNotice(_ pane: Int, in layout: PlaygroundLayout) -> [String] {
        let rect = layout.panes[pane].transcript
        guard panes[pane].profile?.hasChatTemplate == false, rect.size.rows >= 3 else { return [] }
        let lines = Wrap.lines(
            of: "continues raw text: this model has no chat template", columns: rect.size.columns)
        return Array(lines.prefix(rect.size.rows / 3))
    }

    private func waitingReason(_ pane: Int) -> String {
        if panes.contains(where: \.isLoading) { return "waiting for the models to open" }
        guard let other = panes.first(where: { $0.turns.last?.isRunning == true }) else { return "waiting" }
        return "waiting for \(other.role?.rawValue ?? other.name) to finish"
    }
}
