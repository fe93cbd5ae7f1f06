import Reports

extension State {
    /// Opens a dialog; its own key closes it again.
    mutating func open(_ action: Action) -> [Effect] {
        switch (action, dialog) {
        case (.help, .help), (.palette, .palette), (.models, .models), (.parameters, .parameters),
            (.systemPrompt, .systemPrompt):
            dialog = nil
        case (.help, _): dialog = .help(HelpPage())
        case (.palette, _): dialog = .palette(CommandPalette())
        case (.parameters, _): dialog = .parameters(ParametersForm(settings))
        case (.systemPrompt, _): dialog = .systemPrompt(TextEditor(settings.systemPrompt))
        case (.models, _):
            openModels()
            return [.listModels]
        default: break
        }
        return []
    }

    private mutating func openModels() {
        var picker = ModelPicker(pane: 0)
        if case .pane(let index) = focus { picker.pane = index }
        selectCurrentModel(in: &picker)
        dialog = .models(picker)
    }

    /// Accepts the row or the form.
    mutating func choose() -> [Effect] {
        switch dialog {
        case .models(let picker): return choose(in: picker)
        case .parameters(var form):
            guard let changed = form.settings(changing: settings) else {
                form.selectInvalid()
                dialog = .parameters(form)
                return []
            }
            let isReload = changed.contextLength != settings.contextLength
            settings = changed
            dialog = nil
            return isReload ? reloadModels() : []
        case .systemPrompt(let editor):
            settings.systemPrompt = editor.text.contains { !$0.isWhitespace } ? editor.text : ""
            dialog = nil
        case .palette(let palette):
            guard palette.matches.indices.contains(palette.selected) else { return [] }
            dialog = nil
            return perform(palette.matches[palette.selected].action)
        case .help:
            dialog = nil
        case nil:
            focus = .prompt
        }
        return []
    }

    private mutating func choose(in picker: ModelPicker) -> [Effect] {
        guard let listings = library.listings, listings.indices.contains(picker.selected) else { return [] }
        let listing = listings[picker.selected]
        switch listing.availability {
        case .onDisk:
            dialog = nil
            return choose(listing.id, for: picker.pane)
        case .partial, .remote:
            return startPull(listing, for: picker.pane)
        }
    }

    mutating func performInModels(_ action: Action) -> [Effect] {
        guard case .models(var picker) = dialog else { return [] }
        switch action {
        case .otherPane:
            picker.pane = (picker.pane + 1) % panes.count
            selectCurrentModel(in: &picker)
            dialog = .models(picker)
        case .stopPull:
            guard let listings = library.listings, listings.indices.contains(picker.selected) else { return [] }
            return stopPull(listings[picker.selected].id)
        case .refreshModels:
            return [.listModels]
        default:
            break
        }
        return []
    }

    mutating func stepParameter(by direction: Int) {
        guard case .parameters(var form) = dialog else { return }
        form.step(by: direction)
        dialog = .parameters(form)
    }

    private func selectCurrentModel(in picker: inout ModelPicker) {
        let pane = panes[picker.pane]
        picker.selected = library.listings?.firstIndex { $0.isModel(of: pane) } ?? 0
    }
}

extension ModelListing {
    /// Whether this is the model that a pane shows or asks for.
    func isModel(of pane: Pane) -> Bool {
        if pane.reference == id || pane.profile?.name == id { return true }
        if case .onDisk(let path) = availability { return path == pane.reference }
        return false
    }
}
