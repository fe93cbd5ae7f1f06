import Screen

extension State {
    /// Takes in one event and says what is to be done about it. Pure: the same state and event give the same result.
    public mutating func update(_ event: Event) -> [Effect] {
        let effects = take(event)
        settle()
        return effects
    }

    private mutating func take(_ event: Event) -> [Effect] {
        switch event {
        case .started: return start()
        case .input(.key(let key)): return press(key)
        case .input(.paste(let text)): return paste(text)
        case .input(.resize(let size)): self.size = size
        case .input(.mouse(let event)): take(mouse: event)
        case .load(let id, let event): return load(id, event)
        case .run(let id, let event): return run(id, event)
        case .rendered(let pane, let outcome): if index(of: pane) != nil { renderedPrompts[pane] = outcome }
        case .checked(let constraint, let fault): take(checked: constraint, fault: fault)
        case .follow(let id, let event): return follow(id, event)
        case .modelsListed(let listings): return list(listings)
        case .modelsUnlisted(let failure): return unlist(failure)
        case .pull(let id, let event): return pull(id, event)
        case .libraryRead(let history, let starters):
            prompt.recall(history: history)
            self.starters = starters
        case .fileRead(let path, let outcome):
            if let awaited = awaitedRule, awaited.isAbout(path) {
                return take(rule: awaited, outcome)
            } else {
                take(file: path, outcome)
            }
        case .fileWritten(let outcome): take(written: outcome)
        case .copied(.failure(let reason)): tell(.failure, reason)
        case .copied(.success(let count)): tell(.success, "\(count) characters handed to the terminal's clipboard.")
        case .edited(let outcome): take(edited: outcome)
        case .sessionRead(let outcome): return take(session: outcome)
        case .replay(let action): return replay(action)
        case .task(let id, let event): return task(id, event)
        case .warned(let text): tell(.warning, text)
        }
        return []
    }

    /// Whatever happened: nothing is looked at that is gone, and hidden answers wait for a vote.
    mutating func settle() {
        if inspector != nil, inspectedTurn == nil { inspector = nil }
        if inspector != nil || focus == .vote { workbench?.isShown = false }
        if focus == .vote, !isHidden || isBusy { focus = .prompt }
        askForVote()
    }
}
