import Chat

extension State {
    /// What a pane is called: its role, or its number.
    func label(_ pane: Int) -> String {
        guard panes.indices.contains(pane) else { return "pane \(pane + 1)" }
        return panes[pane].role?.rawValue ?? "pane \(pane + 1)"
    }

    /// Opens another pane beside the others.
    mutating func addPane(_ model: String) throws(CommandProblem) -> [Effect] {
        guard panes.count < Self.mostPanes else {
            throw CommandProblem("There are \(panes.count) panes, as many as can be; /close closes one.")
        }
        try requireFreeModels()
        var pane = Pane(role: nil, model: model, settings: settings.pane)
        pane.id = PaneID(nextIdentifier())
        panes.append(pane)
        resetViews()
        endBlindTest()
        return [startLoading(panes.count - 1)] + startNextRuns()
    }

    /// - Throws: while there are answers or a task to come.
    func requireFreeModels() throws(CommandProblem) {
        if isBusy { throw CommandProblem("The answers are still coming; Esc stops them.") }
        if workbench?.isRunning == true { throw CommandProblem("A task has the models; /stop ends it.") }
    }

    mutating func closePane(_ index: Int) throws(CommandProblem) -> [Effect] {
        guard panes.count > 1 else { throw CommandProblem("This is the only pane; /quit leaves Diptych.") }
        stopRepetition("a pane was closed")
        let effects = stopRuns(in: [index])
        endBlindTest()
        let closed = panes.remove(at: index)
        resetViews()
        renderedPrompts[closed.id] = nil
        if followAlong?.involves(closed.id) == true { followAlong = nil }
        library.awaitingPanes = library.awaitingPanes.mapValues { $0.subtracting([closed.id]) }
        return effects + [.close(closed.id)] + startNextRuns()
    }

    mutating func swapPanes(_ first: Int, _ second: Int) throws(CommandProblem) -> [Effect] {
        guard first != second, panes.indices.contains(second) else {
            throw CommandProblem("There is no second pane to change places with.")
        }
        panes.swapAt(first, second)
        resetViews()
        return []
    }

    /// What sets a pane apart from the first one, for its title: " T 0.8 system".
    func peculiarities(of pane: Int) -> String {
        guard panes.count > 1, panes.contains(where: { $0.settings != panes[0].settings }) else { return "" }
        let settings = panes[pane].settings
        var words: [String] = []
        if panes.contains(where: { $0.settings.sampling.temperature != settings.sampling.temperature }) {
            words.append("T \(Parameter.temperature.text(in: settings))")
        }
        if !settings.systemPrompt.isEmpty { words.append("system") }
        if let rule = settings.rule, rule != panes[0].settings.rule { words.append("held to a rule") }
        if settings.contextLength != panes[0].settings.contextLength, !isOnServer(panes[pane]),
            let length = settings.contextLength
        {
            words.append("ctx \(length)")
        }
        return words.map { " " + $0 }.joined()
    }

    /// Blind votes are about the panes that there were.
    private mutating func endBlindTest() {
        guard let test = blind else { return }
        blind = nil
        tell(.information, "The blind comparison has ended. \(tally(of: test))")
    }

    /// Changes the settings of some panes; models whose context changes are opened anew.
    mutating func change(_ scope: Scope, _ change: (inout PaneSettings) -> Void) -> [Effect] {
        var reloads: [Int] = []
        for index in scope.indices(in: self) {
            let before = panes[index].settings
            rememberModel(of: index)
            change(&panes[index].settings)
            // How much a server's model can read is the server's to say.
            if isOnServer(panes[index]) { panes[index].settings.contextLength = before.contextLength }
            if panes[index].settings != before { stopRepetition("the settings were changed") }
            if panes[index].settings.contextLength != before.contextLength {
                reloads.append(index)
            } else {
                panes[index].fallback = nil
            }
        }
        if scope == .all { change(&settings.pane) }
        guard !reloads.isEmpty else { return [] }
        return stopRuns(in: reloads) + reloads.map { startLoading($0) } + [.listModels]
    }

    /// Forgets what points at panes by their place.
    mutating func resetViews() {
        inspector = nil
        zoomed = nil
        if case .pane = focus { focus = .prompt }
        if case .list = dialog { return }
        dialog = nil
    }
}
