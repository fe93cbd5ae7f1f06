import Chat

extension State {
    /// Sends the prompt to every pane.
    mutating func send() -> [Effect] {
        guard !isBusy else {
            notice = Notice(kind: .warning, text: "The answers are still coming; Esc stops them.")
            return []
        }
        guard prompt.text.contains(where: { !$0.isWhitespace }) else { return [] }
        let text = prompt.take()
        for pane in panes.indices {
            panes[pane].turns.append(Turn(run: RunID(nextIdentifier()), prompt: text))
            panes[pane].scroll = .tail
        }
        return startNextRuns()
    }

    /// Starts what may start: once every model is open, the first pane that waits, or all of them together. No answer
    /// begins beside a model that is loading, since that would spoil the measurement.
    mutating func startNextRuns() -> [Effect] {
        guard !panes.contains(where: \.isLoading) else { return [] }
        var effects: [Effect] = []
        for pane in panes.indices where panes[pane].turns.last?.phase == .queued {
            if !settings.isConcurrent, panes.contains(where: { $0.turns.last?.isRunning == true }) { break }
            if let effect = startRun(in: pane) { effects.append(effect) }
        }
        return effects
    }

    private mutating func startRun(in pane: Int) -> Effect? {
        guard var turn = panes[pane].turns.last else { return nil }
        let last = panes[pane].turns.count - 1
        guard let profile = panes[pane].profile else {
            panes[pane].turns[last].phase = .failed("No model is open here; F2 chooses one.")
            return nil
        }
        turn.phase = .prefilling(computed: 0, of: 0)
        turn.recorder = MetricsRecorder(profile: profile)
        turn.model = profile.name
        panes[pane].turns[last] = turn
        let chat = ChatRequest(
            messages: panes[pane].messages(answering: turn.prompt, systemPrompt: settings.systemPrompt),
            sampling: settings.sampling, maximumTokens: settings.maximumTokens,
            speculation: settings.speculates ? .draft : .off)
        let small = panes.firstIndex { $0.role == .small }
        let draftPane = settings.speculates && panes[pane].role == .large ? small : nil
        return .generate(RunRequest(id: turn.run, pane: pane, chat: chat, draftPane: draftPane))
    }

    /// Takes in what a run reports, unless the run isn't under way any more.
    mutating func run(_ id: RunID, _ event: RunEvent) -> [Effect] {
        guard let pane = panes.firstIndex(where: { $0.turns.last?.run == id && $0.turns.last?.isRunning == true })
        else { return [] }
        let last = panes[pane].turns.count - 1
        switch event {
        case .chat(let event):
            panes[pane].turns[last].take(event)
            if case .memory(let memory) = event, let profile = panes[pane].profile {
                panes[pane].model = .ready(profile, memory)
            }
        case .failed(let reason):
            panes[pane].turns[last].phase = .failed(reason)
        case .ended:
            panes[pane].turns[last].phase = .finished(.cancelled)
        }
        return panes[pane].turns[last].isOpen ? [] : startNextRuns()
    }

    /// Stops what runs and what waits in these panes. The text so far stays.
    mutating func stopRuns(in indices: [Int]) -> [Effect] {
        var effects: [Effect] = []
        for pane in indices {
            guard let turn = panes[pane].turns.last, turn.isOpen else { continue }
            if turn.isRunning { effects.append(.cancel(turn.run)) }
            panes[pane].turns[panes[pane].turns.count - 1].phase = .finished(.cancelled)
        }
        return effects
    }

    /// Forgets the conversation in every pane.
    mutating func startNewConversation() -> [Effect] {
        let effects = stopRuns(in: Array(panes.indices))
        for pane in panes.indices {
            panes[pane].turns = []
            panes[pane].firstTurnOfModel = 0
            panes[pane].scroll = .tail
        }
        notice = Notice(kind: .information, text: "New conversation.")
        return effects
    }

    mutating func toggleConcurrent() -> [Effect] {
        settings.isConcurrent.toggle()
        notice = Notice(
            kind: .information,
            text: settings.isConcurrent
                ? "Together: the models answer at the same time and share the machine."
                : "One after the other: each model has the whole machine.")
        return startNextRuns()
    }

    mutating func toggleSpeculation() {
        settings.speculates.toggle()
        notice = Notice(
            kind: .information,
            text: settings.speculates
                ? "Speculation from the next prompt on: guesses are checked several at once, the text stays the same."
                : "No speculation from the next prompt on: one token a pass.")
    }
}

extension Turn {
    mutating func take(_ event: ChatEvent) {
        recorder?.record(event)
        switch event {
        case .prompt(let summary):
            phase = .prefilling(computed: 0, of: max(0, summary.tokens - summary.cachedTokens))
        case .prefill(let computed, let total, _):
            if case .prefilling = phase { phase = .prefilling(computed: computed, of: total) }
        case .token(let token):
            phase = .answering
            answer += token.text
            drafts.append(bytes: token.text.utf8.count, isDrafted: token.isDrafted)
        case .memory, .speculation, .resources:
            break
        case .note(let note):
            notes.append(note)
        case .finished(let reason, _):
            phase = .finished(reason)
        }
    }
}
