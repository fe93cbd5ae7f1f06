import Chat

extension State {
    /// Sends the prompt to every pane, or does the command that it is.
    mutating func send() -> [Effect] {
        let written = prompt.text
        guard written.contains(where: { !$0.isWhitespace }) else { return [] }
        let isOneLine = !written.contains(where: \.isNewline)
        let isEscaped = isOneLine && written.hasPrefix("//")
        if isOneLine, written.hasPrefix("/"), !isEscaped { return sendCommand(written) }
        guard isFree() else { return [] }
        if warnOfGaps() { return [] }
        fillingIn = nil
        _ = prompt.take()
        completion = Completion()
        return [.remember(written)] + ask(isEscaped ? String(written.dropFirst()) : written)
    }

    /// Sends a text to every pane, whatever it begins with.
    mutating func ask(_ text: String) -> [Effect] {
        if let editedTurn { dropTurns(from: editedTurn) }
        editedTurn = nil
        hideSides()
        let action = nextIdentifier()
        for pane in panes.indices { submit(text, to: pane, action: action) }
        return retryLoading(Array(panes.indices)) + startNextRuns()
    }

    /// Queues an answer to a prompt.
    mutating func submit(_ prompt: String, to pane: Int, action: Int) {
        panes[pane].turns.append(Turn(run: RunID(nextIdentifier()), action: action, prompt: prompt))
        panes[pane].scroll = .tail
    }

    /// A command that isn't whole is completed first.
    private mutating func sendCommand(_ line: String) -> [Effect] {
        let name = line.dropFirst().prefix { !$0.isWhitespace }
        if SlashCommand.named(name) == nil, completion.isOpen {
            complete()
            let completed = prompt.text
            guard
                !completed.hasSuffix(" ")
                    || SlashCommand.named(completed.dropFirst().dropLast())?.needsArguments == false
            else { return [] }
            return runCommand(completed)
        }
        return runCommand(line)
    }

    /// Answers a pane's latest prompt anew. The answer that was there is kept, and comes back with ``undo()``.
    mutating func replaceLastTurn(
        in pane: Int, action: Int, kind: Turn.Kind, prefix: AnswerTokens = AnswerTokens()
    ) {
        guard let last = panes[pane].turns.last else { return }
        var turn = Turn(
            run: RunID(nextIdentifier()), action: action, prompt: last.prompt, kind: kind, prefix: prefix)
        turn.former = last.former
        // Repeats of the same work would only pile up the same text.
        switch (last.kind, kind) {
        case (.repeat, .repeat), (.repeat, .warmUp), (.warmUp, .repeat): break
        default:
            var kept = last
            kept.former = []
            turn.former.append(kept)
        }
        panes[pane].turns[panes[pane].turns.count - 1] = turn
        panes[pane].scroll = .tail
    }

    /// Answers the latest prompt once more: with the next seed, where chance plays a part.
    mutating func regenerate(in indices: [Int]) -> [Effect] {
        guard isFree() else { return [] }
        // The new one of two nameless answers would be known.
        let indices = (blind == nil ? indices : Array(panes.indices)).filter { !panes[$0].turns.isEmpty }
        guard !indices.isEmpty else {
            tell(.warning, "There is no answer to give once more yet.")
            return []
        }
        // What failed may go another way.
        let isGreedy = indices.allSatisfy { panes[$0].settings.sampling.temperature == 0 && panes[$0].hasWholeAnswer }
        let action = nextIdentifier()
        for pane in indices {
            if panes[pane].settings.sampling.temperature > 0 { panes[pane].settings.sampling.seed &+= 1 }
            replaceLastTurn(in: pane, action: action, kind: .regeneration)
        }
        inspector = nil
        hideSides()
        if isGreedy {
            tell(.information, "Temperature is 0: the answer will be the same. /set temperature 0.7 varies it.")
        }
        return retryLoading(indices) + startNextRuns()
    }

    /// Brings the former answers back; where there are none, takes the latest prompt back.
    mutating func undo() -> [Effect] {
        guard isFree() else { return [] }
        inspector = nil
        let indices = focusedScope.indices(in: self).filter { panes[$0].turns.last?.former.isEmpty == false }
        if !indices.isEmpty {
            for pane in indices {
                guard let turn = panes[pane].turns.last, var former = turn.former.last else { continue }
                former.former = turn.former.dropLast()
                panes[pane].turns[panes[pane].turns.count - 1] = former
            }
            blind?.isRevealed = true
            tell(.information, "The former answer is back.")
            return []
        }
        guard let last = longestConversation.last else {
            tell(.warning, "There is nothing to take back.")
            return []
        }
        editedTurn = nil
        dropTurns(from: longestConversation.count - 1)
        write(last.prompt)
        tell(.information, "The latest prompt is taken back.")
        return []
    }

    /// Puts an earlier prompt into the editor; sent, it takes the place of that turn and of those behind it.
    mutating func editTurn(_ index: Int) {
        guard longestConversation.indices.contains(index) else { return }
        write(longestConversation[index].prompt)
        editedTurn = index
        tell(.information, "Enter answers this prompt anew and drops what came behind it; Esc leaves all as it is.")
    }

    /// Drops a turn of the longest conversation and all behind it, in every pane.
    mutating func dropTurns(from index: Int) {
        for (pane, count) in panes.indices.map({ ($0, turnsBehind(index, in: $0)) }) {
            panes[pane].turns.removeLast(count)
            panes[pane].firstTurnOfModel = min(panes[pane].firstTurnOfModel, panes[pane].turns.count)
            panes[pane].scroll = .tail
        }
        blind?.isRevealed = true
    }

    /// How many turns a pane has from a turn of the longest conversation on. A pane that was opened later begins later:
    /// turns stand beside each other counted from the end.
    func turnsBehind(_ index: Int, in pane: Int) -> Int {
        min(panes[pane].turns.count, max(0, longestConversation.count - max(0, index)))
    }

    /// Forgets the conversation in every pane.
    mutating func startNewConversation() -> [Effect] {
        let effects = stopRuns(in: Array(panes.indices))
        for pane in panes.indices {
            panes[pane].turns = []
            panes[pane].firstTurnOfModel = 0
            panes[pane].scroll = .tail
        }
        inspector = nil
        editedTurn = nil
        repetition = nil
        followAlong = nil
        renderedPrompts = [:]
        blind?.isRevealed = true
        tell(.information, "New conversation.")
        return effects
    }

    /// Takes in what the user's editor left.
    mutating func take(edited: Outcome<String>) {
        switch edited {
        case .success(let text):
            inspector = nil
            focus = .prompt
            prompt.complete(with: text)
            updateCompletion()
        case .failure(let reason): tell(.failure, reason)
        }
    }

    /// Puts a file's text behind what is written.
    mutating func take(file path: String, _ outcome: Outcome<String>) {
        switch outcome {
        case .success(let text):
            inspector = nil
            focus = .prompt
            completion = Completion()
            if !prompt.isEmpty { prompt.insert("\n") }
            // A file is no command.
            let isLikeCommand = prompt.isEmpty && text.hasPrefix("/") && !text.contains(where: \.isNewline)
            prompt.insert(isLikeCommand ? "/" + text : text)
            tell(.information, "\(path): \(text.count) characters.")
        case .failure(let reason): tell(.failure, reason)
        }
    }

    /// Shows a recorded conversation, to be read or gone on with.
    mutating func take(session: Outcome<EarlierSession>) -> [Effect] {
        guard case .success(let session) = session else {
            if case .failure(let reason) = session { tell(.failure, reason) }
            return []
        }
        guard !session.sides.isEmpty else {
            tell(.warning, "The session file holds no conversation.")
            return []
        }
        guard !isOccupied else {
            tell(.warning, "The answers are still coming; /load the session again when they are there.")
            return []
        }
        var effects = panes.map { Effect.close($0.id) }
        panes = session.sides.prefix(Self.mostPanes).map { side in
            var pane = Pane(role: side.role, model: side.model, settings: settings.pane)
            pane.id = PaneID(nextIdentifier())
            pane.turns = side.exchanges.map { exchange in
                var turn = Turn(run: RunID(nextIdentifier()), action: nextIdentifier(), prompt: exchange.prompt)
                turn.recorder = MetricsRecorder(profile: exchange.profile)
                turn.model = exchange.profile.name
                for event in exchange.events { turn.take(event) }
                if turn.isOpen { turn.phase = .finished(.cancelled) }
                return turn
            }
            return pane
        }
        resetViews()
        blind = nil
        repetition = nil
        followAlong = nil
        renderedPrompts = [:]
        editedTurn = nil
        effects += panes.indices.map { startLoading($0) }
        // Their figures are those of the models that are opened again.
        for index in panes.indices { panes[index].firstTurnOfModel = 0 }
        tell(.success, "Loaded; the next prompt goes on with it, with the parameters set now.")
        return effects
    }
}
