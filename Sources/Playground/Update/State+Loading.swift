import Chat

extension State {
    mutating func start() -> [Effect] {
        let effects = panes.indices.map { startLoading($0) } + [.listModels, .readPromptLibrary]
        guard let first = initialPrompt else { return effects }
        initialPrompt = nil
        return effects + ask(first)
    }

    /// Asks for the model that a pane refers to.
    mutating func startLoading(_ pane: Int) -> Effect {
        let id = LoadID(nextIdentifier())
        stopRepetition("a model was opened anew")
        panes[pane].model = .loading(id, fraction: nil)
        panes[pane].firstTurnOfModel = panes[pane].turns.count - (panes[pane].turns.last?.isOpen == true ? 1 : 0)
        return .load(
            LoadRequest(
                id: id, pane: panes[pane].id, role: panes[pane].role, model: panes[pane].reference,
                settings: panes[pane].settings))
    }

    /// Asks again for what couldn't be opened: by now a server may be up, or a file there. To be called when the turns that
    /// wait for it are queued.
    mutating func retryLoading(_ indices: [Int]) -> [Effect] {
        let failed = indices.filter { if case .failed = panes[$0].model { true } else { false } }
        return failed.map { startLoading($0) }
    }

    /// Gives a pane another model. A run of the old one is stopped; the conversation stays and goes on with the new.
    mutating func choose(_ model: String, for pane: Int) -> [Effect] {
        let effects = stopRuns(in: [pane])
        rememberModel(of: pane)
        panes[pane].reference = model
        return effects + [startLoading(pane)] + startNextRuns()
    }

    /// Keeps in mind what a pane has open, in case that what is asked for can't be opened.
    mutating func rememberModel(of pane: Int) {
        guard panes[pane].profile != nil else { return }
        panes[pane].fallback = Pane.Fallback(
            reference: panes[pane].reference, contextLength: panes[pane].settings.contextLength,
            firstTurnOfModel: panes[pane].firstTurnOfModel)
    }

    mutating func load(_ id: LoadID, _ event: LoadEvent) -> [Effect] {
        guard let pane = panes.firstIndex(where: { $0.isLoading(id) }) else { return [] }
        switch event {
        case .progress(let fraction):
            panes[pane].model = .loading(id, fraction: fraction)
            return []
        case .ready(let profile, let memory):
            panes[pane].model = .ready(profile, memory)
            panes[pane].fallback = nil
        case .failed(let reason):
            guard let fallback = panes[pane].fallback else {
                panes[pane].model = .failed(reason)
                break
            }
            // What worked goes on working.
            panes[pane].fallback = nil
            panes[pane].reference = fallback.reference
            panes[pane].settings.contextLength = fallback.contextLength
            tell(.failure, reason)
            let effect = startLoading(pane)
            panes[pane].firstTurnOfModel = fallback.firstTurnOfModel
            return [effect]
        }
        return startNextRuns()
    }
}

extension Pane {
    func isLoading(_ id: LoadID) -> Bool {
        if case .loading(id, _) = model { true } else { false }
    }
}
