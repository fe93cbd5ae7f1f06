import Reports

extension State {
    /// Opens a dialog; its own key closes it again.
    mutating func open(_ action: Action) -> [Effect] {
        switch (action, dialog) {
        case (.models, .models), (.parameters, .parameters), (.systemPrompt, .systemPrompt): dialog = nil
        case (.parameters, _): openParameters(focusedScope)
        case (.systemPrompt, _): openSystemPrompt(focusedScope)
        case (.models, _):
            openModels()
            return [.listModels]
        default: break
        }
        return []
    }

    private mutating func openModels() {
        var picker = ModelPicker(pane: focusedPane)
        selectCurrentModel(in: &picker)
        dialog = .models(picker)
    }

    private mutating func openParameters(_ scope: Scope) {
        let scope = panes.count == 1 ? .all : scope
        dialog = .parameters(ParametersForm(scope, scope.indices(in: self).map { panes[$0].settings }))
    }

    /// Accepts the row or the form; in a command that is typed, the candidate.
    mutating func choose() -> [Effect] {
        switch dialog {
        case .models(let picker): return choose(in: picker)
        case .parameters(var form):
            guard form.settings(changing: settings.pane) != nil else {
                form.selectInvalid()
                dialog = .parameters(form)
                return []
            }
            dialog = nil
            let effects = change(form.scope) { settings in settings = form.settings(changing: settings) ?? settings }
            if form.isTouched(.contextLength), let reason = contextOfServers(in: form.scope) {
                tell(.information, reason)
            }
            return effects
        case .systemPrompt(let form):
            setSystemPrompt(form.editor.text, for: form.scope)
            dialog = nil
        case .list(let list):
            let effects = choose(in: list)
            if list.kind == .starters { _ = fillIn() }
            return effects
        case .page: dialog = nil
        case .fields(let form): return choose(in: form)
        case nil where workbench?.isShown == true: openExample()
        case nil where completion.isOpen && focus == .prompt: complete()
        case nil: focus = .prompt
        }
        return []
    }

    private mutating func choose(in picker: ModelPicker) -> [Effect] {
        guard let listing = chosen(in: picker) else { return [] }
        if let obstacle = listing.obstacleToAnswers {
            tell(.failure, "\(listing.id): \(obstacle)")
            return []
        }
        switch listing.availability {
        case .onDisk, .served:
            dialog = nil
            return choose(listing.id, for: picker.pane)
        case .partial, .remote:
            return startPull(listing, for: picker.pane)
        }
    }

    mutating func performInDialog(_ action: Action) -> [Effect] {
        switch (action, dialog) {
        case (.otherPane, .models(var picker)):
            picker.pane = (picker.pane + 1) % panes.count
            // A search goes on for the next pane.
            if picker.filter.isEmpty { selectCurrentModel(in: &picker) }
            dialog = .models(picker)
        case (.stopPull, .models(let picker)):
            guard let listing = chosen(in: picker) else { return [] }
            return stopPull(listing.id)
        case (.filterModels, .models): changePicker { $0.isFiltering = true }
        case (.refreshModels, .models): return [.listModels]
        case (.otherPane, .parameters(let form)): openParameters(nextScope(after: form.scope))
        case (.otherPane, .systemPrompt(let form)): openSystemPrompt(nextScope(after: form.scope))
        case (.otherPane, .fields(var form)):
            form.select((form.selected + 1) % form.fields.count)
            dialog = .fields(form)
        case (.otherPane, .page(let page)):
            guard page.kind == .follow else {
                turnPage()
                return []
            }
            return followTheOtherWay()
        case (.otherPane, nil): inspectOtherPane()
        default: break
        }
        return []
    }

    /// Leader and follower change places.
    private mutating func followTheOtherWay() -> [Effect] {
        guard let follow = followAlong, !follow.isRunning, let follower = index(of: follow.follower),
            let leader = index(of: follow.leader)
        else { return [] }
        return self.follow(follower: leader, leader: follower)
    }

    mutating func stepParameter(by direction: Int) {
        switch dialog {
        case .parameters(var form):
            form.step(by: direction)
            dialog = .parameters(form)
        case .fields(var form):
            form.step(by: direction)
            dialog = .fields(form)
        default: break
        }
    }

    private func selectCurrentModel(in picker: inout ModelPicker) {
        let pane = panes[picker.pane]
        picker.selected = library.listings?.firstIndex { $0.isModel(of: pane) } ?? 0
    }
}

extension ModelListing {
    /// Whether this is the model that a pane shows or asks for.
    func isModel(of pane: Pane) -> Bool {
        if case .served(let host) = availability {
            return pane.reference == id || pane.profile.map { $0.server?.host == host && $0.name == title } == true
        }
        // A server may have a model of the same name.
        guard pane.profile?.server == nil else { return false }
        let names = [id] + places.flatMap { [$0.id, $0.path] }
        if names.contains(pane.reference) || pane.profile.map({ names.contains($0.name) }) == true { return true }
        if case .onDisk(let path) = availability { return path == pane.reference }
        return false
    }

    /// Why no answer can be had from it, in one line.
    var obstacleToAnswers: String? {
        obstacle ?? (isEncoder ? "it makes vectors and writes no answers: 'diptych embed' takes it" : nil)
    }
}
