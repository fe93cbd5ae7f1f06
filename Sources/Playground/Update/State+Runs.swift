import Chat

extension State {
    /// How many of the likeliest tokens are kept beside each chosen one, for the inspector.
    static let alternatives = 10

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
        turn.phase = profile.server == nil ? .prefilling(computed: 0, of: 0) : .requesting
        turn.recorder = MetricsRecorder(profile: profile)
        turn.model = profile.name
        panes[pane].turns[last] = turn
        var chat = panes[pane].request(answering: last)
        chat.topLogprobs = Self.alternatives
        chat.speculation = settings.speculates ? .draft : .off
        chat.answerPrefix = turn.answer.asPrefix
        chat.usesCache = !turn.kind.isMeasurement
        // Guesses are checked where both models compute in this process.
        let small = panes.first { $0.role == .small && $0.profile?.server == nil }?.id
        let mayGuess = settings.speculates && panes[pane].role == .large && profile.server == nil
        let draftPane = mayGuess ? small : nil
        return .generate(
            RunRequest(
                id: turn.run, pane: panes[pane].id, action: turn.action, kind: turn.kind, prompt: turn.prompt,
                chat: chat,
                draftPane: draftPane, isConcurrent: settings.isConcurrent && panes.count > 1))
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
        guard !panes[pane].turns[last].isOpen else { return [] }
        return startNextRuns() + finishRepeat(of: pane)
    }

    /// Stops what runs and what waits in these panes. The text so far stays.
    mutating func stopRuns(in indices: [Int]) -> [Effect] {
        var effects: [Effect] = []
        for pane in indices {
            guard let turn = panes[pane].turns.last, turn.isOpen else { continue }
            if turn.isRunning { effects.append(.cancel(turn.run)) }
            panes[pane].turns[panes[pane].turns.count - 1].phase = .finished(.cancelled)
            stopRepetition("stopped")
        }
        if indices.contains(where: { followAlong?.involves(panes[$0].id) == true }) || indices.count == panes.count {
            effects += stopFollowing()
        }
        return effects
    }

    mutating func stopFollowing() -> [Effect] {
        guard let follow = followAlong, follow.isRunning else { return [] }
        followAlong?.phase = .failed("stopped")
        return [.cancel(follow.run)]
    }

    mutating func toggleConcurrent() -> [Effect] {
        guard mayChangeConditions() else { return [] }
        settings.isConcurrent.toggle()
        tell(
            .information,
            settings.isConcurrent
                ? "Together: the models answer at the same time and share the machine."
                : "One after the other: each model has the whole machine.")
        return startNextRuns()
    }

    /// Whether there is a model whose guesses could be checked: one in this process, as far as is known.
    var canSpeculate: Bool { panes.contains { !isOnServer($0) } }

    mutating func toggleSpeculation() {
        guard mayChangeConditions() else { return }
        guard settings.speculates || canSpeculate else {
            return tell(
                .warning, "Nobody can guess here: the models are on servers, which guess or don't as they are set.")
        }
        settings.speculates.toggle()
        tell(
            .information,
            settings.speculates
                ? "Speculation from the next prompt on: guesses are checked several at once, the text stays the same."
                : "No speculation from the next prompt on: one token a pass.")
    }

    /// Asks for what every model sees: of the prompt that is being written, else of the latest turn.
    mutating func renderPrompts() -> [Effect] {
        panes.indices.compactMap { index in
            let pane = panes[index]
            guard pane.profile != nil else { return nil }
            guard prompt.isEmpty, !pane.turns.isEmpty else {
                let kept = editedTurn.map { pane.turns.count - turnsBehind($0, in: index) } ?? pane.turns.count
                return .render(pane.id, ChatRequest(messages: pane.messages(asking: prompt.text, after: kept)))
            }
            return .render(pane.id, pane.request(answering: pane.turns.count - 1))
        }
    }
}

extension Turn.Kind {
    /// Whether the run is done for its figures, and has to find the same conditions as its fellows.
    var isMeasurement: Bool {
        switch self {
        case .repeat, .warmUp: true
        case .answer, .regeneration, .branch: false
        }
    }
}
