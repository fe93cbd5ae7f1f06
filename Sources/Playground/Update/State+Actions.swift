extension State {
    /// Does what a key or a command asks for.
    mutating func perform(_ action: Action) -> [Effect] {
        guard !isReplay || !action.changesConversation else {
            tellOfReplay()
            return []
        }
        guard workbench?.isRunning != true || !action.changesConversation else {
            tellOfTask()
            return []
        }
        switch action {
        case .help, .figures, .repeats, .renderedPrompt: return togglePage(action)
        case .palette: toggleList(.commands)
        case .themes: toggleList(.themes)
        case .history: toggleList(.history)
        case .starters: toggleList(.starters)
        case .editTurn: toggleList(.turns)
        case .workflows: toggleList(.workflows)
        case .workbench: toggleWorkbench()
        case .models, .parameters, .systemPrompt: return open(action)
        case .toggleConcurrent: return toggleConcurrent()
        case .toggleSpeculation: toggleSpeculation()
        case .toggleMarkdown: toggleMarkdown()
        case .toggleThoughts: toggleThoughts()
        case .toggleMouse: return toggleMouse()
        case .nextHeat: setHeat(settings.heat.next)
        case .inspect: toggleInspector()
        case .zoom: toggleZoom(focusedPane)
        case .follow: return followUsually()
        case .blind: return toggleBlind()
        case .regenerate: return regenerate(in: focusedScope.indices(in: self))
        case .undo: return undo()
        case .copyAnswer: return copyAnswer()
        case .externalEditor: return [.editExternally(prompt.text)]
        case .newConversation: return startNewConversation()
        case .closePane: return attempt { state throws(CommandProblem) in try state.closePane(state.focusedPane) }
        case .swapPanes:
            return attempt { state throws(CommandProblem) in
                try state.swapPanes(state.focusedPane, (state.focusedPane + 1) % state.panes.count)
            }
        case .focusNext: moveFocus(by: 1)
        case .focusPrevious: moveFocus(by: -1)
        case .cancel: return cancel()
        case .interrupt: return interrupt(isArmed: false)
        case .suspend: return [.suspend]
        case .redraw: return [.redraw]
        case .exit: return exit()
        case .send: return send()
        case .edit(let command): edit(command)
        case .deleteOrExit:
            if prompt.isEmpty { return exit() }
            edit(.deleteForward)
        case .move(let motion): move(motion)
        case .choose: return choose()
        case .stopPull, .refreshModels, .filterModels, .otherPane: return performInDialog(action)
        case .nextTab, .showAllRows, .showDisagreements, .showMistakes, .stopTask, .exportReport:
            return performInWorkbench(action)
        case .increase: stepParameter(by: 1)
        case .decrease: stepParameter(by: -1)
        case .nextToken: stepInspector(by: 1)
        case .previousToken: stepInspector(by: -1)
        case .nextAlternative: stepAlternative(by: 1)
        case .previousAlternative: stepAlternative(by: -1)
        case .inspectDivergence: inspectDivergence()
        case .branch: return branch()
        case .vote(let choice): return vote(choice)
        }
        return []
    }

    /// The pane that keys and commands act on. While the prompt has the focus, the one that has the screen to itself or
    /// the first one; and always the first one while nobody may know which is which.
    var focusedPane: Int {
        if isHidden { return 0 }
        if case .pane(let index) = focus { return index }
        return zoomed.flatMap { index(of: $0) } ?? 0
    }

    private mutating func toggleList(_ kind: ListDialog.Kind) {
        if case .list(let list) = dialog {
            leave(list)
            if list.kind == kind { return }
        }
        openList(kind)
    }

    private mutating func togglePage(_ action: Action) -> [Effect] {
        let kind: PageDialog.Kind =
            switch action {
            case .figures: .figures
            case .repeats: .repeats
            case .renderedPrompt: .prompt
            default: .help
            }
        if case .page(let page) = dialog, page.kind == kind {
            dialog = nil
            return []
        }
        guard !isHidden || kind == .help else {
            tell(.warning, "Names and figures are hidden until you have voted.")
            return []
        }
        return openPage(kind)
    }

    private mutating func followUsually() -> [Effect] {
        if case .page(let page) = dialog, page.kind == .follow {
            dialog = nil
            return []
        }
        if let follow = followAlong, follow.isRunning {
            dialog = .page(PageDialog(.follow))
            return []
        }
        guard let usual = usualFollow else {
            tell(.warning, "Following needs two panes; /add opens another one.")
            return []
        }
        return follow(follower: usual.follower, leader: usual.leader)
    }

    private mutating func copyAnswer() -> [Effect] {
        guard !isHidden, let answer = panes[focusedPane].turns.last?.answer.text, !answer.isEmpty else {
            tell(.warning, "There is no answer to copy yet.")
            return []
        }
        return [.copy(answer)]
    }

    private mutating func toggleMarkdown() {
        settings.showsMarkdown.toggle()
        tell(.information, settings.showsMarkdown ? "Answers as Markdown." : "Answers letter by letter.")
    }

    private mutating func toggleThoughts() {
        settings.showsThoughts.toggle()
        tell(
            .information,
            settings.showsThoughts
                ? "Thoughts in full." : "Thoughts in full only until the answer begins; then in one line.")
    }

    private mutating func toggleMouse() -> [Effect] {
        settings.usesMouse.toggle()
        tell(
            .information,
            settings.usesMouse
                ? "The mouse scrolls and chooses panes." : "The mouse is the terminal's: select and copy as you like.")
        return [.listenToMouse(settings.usesMouse)]
    }

    mutating func setHeat(_ heat: Heat) {
        settings.heat = heat
        let text =
            switch heat {
            case .off: "Tokens without colours."
            case .logprob: "Colours: likelihood, cool from 90 % on, hot below 5 %." + lackOfLikelihood
            case .latency: "Colours: latency, cool at the median, hot where it stalled."
            }
        tell(.information, text)
    }

    /// Whose answers can't be coloured by likelihood.
    private var lackOfLikelihood: String {
        let hosts = panes.filter { pane in
            let tokens = pane.turns.last?.answer.tokens ?? []
            return !tokens.isEmpty && tokens.allSatisfy { $0.logprob == nil }
        }
        .compactMap { $0.profile?.server?.shownHost }
        return hosts.isEmpty || isHidden ? "" : " \(hosts.joined(separator: " and ")) sent none."
    }

    mutating func toggleZoom(_ pane: Int) {
        guard !isHidden else { return tell(.warning, "Both answers are needed until you have voted.") }
        inspector = nil
        workbench?.isShown = false
        zoomed = zoomed == panes[pane].id ? nil : panes[pane].id
        focus = zoomed == nil ? .prompt : .pane(pane)
    }

    private mutating func attempt(
        _ work: (inout State) throws(CommandProblem) -> [Effect]
    ) -> [Effect] {
        do {
            return try work(&self)
        } catch {
            tell(.warning, error.text)
            return []
        }
    }
}

extension Heat {
    var next: Heat {
        switch self {
        case .off: .logprob
        case .logprob: .latency
        case .latency: .off
        }
    }
}
