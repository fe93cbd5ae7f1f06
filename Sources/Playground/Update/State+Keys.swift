import Screen

extension State {
    /// Where keys are looked up now, first match first.
    var keyContexts: [KeyContext] {
        switch dialog {
        case .models(let picker) where picker.isFiltering: [.search, .list, .everywhere]
        case .models: [.models, .list, .outsideText, .everywhere]
        case .parameters: [.form, .list, .everywhere]
        case .systemPrompt: [.systemPrompt, .editing, .everywhere]
        case .list: [.search, .list, .everywhere]
        case .page: [.page, .list, .outsideText, .everywhere]
        case .fields: [.form, .list, .everywhere]
        case nil where workbench?.isShown == true: [.workbench, .list, .outsideText, .everywhere]
        case nil where inspector != nil: [.inspector, .everywhere]
        case nil:
            switch focus {
            case .prompt: (completion.isOpen ? [.completion] : []) + [.prompt, .editing, .everywhere]
            case .pane: [.list, .answer, .outsideText, .everywhere]
            case .vote: [.vote, .everywhere]
            }
        }
    }

    mutating func press(_ key: Key) -> [Effect] {
        notice = nil
        let isArmed = isLeavingArmed
        isLeavingArmed = false
        guard let action = keymap.action(for: key, in: keyContexts) else {
            if case .character(let character) = key { return type(character) }
            return []
        }
        return action == .interrupt ? interrupt(isArmed: isArmed) : perform(action)
    }

    mutating func paste(_ text: String) -> [Effect] {
        notice = nil
        isLeavingArmed = false
        switch dialog {
        case .systemPrompt(var form):
            form.editor.insert(text)
            dialog = .systemPrompt(form)
        case nil:
            inspector = nil
            workbench?.isShown = false
            if focus != .vote { focus = .prompt }
            prompt.insert(text)
            continueFillingIn()
            updateCompletion()
        case .fields(var form):
            for character in text.prefix(400) { form.type(character) }
            dialog = .fields(form)
        case .parameters, .list:
            for character in text.prefix(64) { _ = type(character) }
        case .models:
            changePicker { picker in for character in text.prefix(64) { picker.type(character) } }
        case .page: break
        }
        return []
    }

    /// A character that is text here. In an answer, a letter that means nothing there begins a prompt.
    private mutating func type(_ character: Character) -> [Effect] {
        switch dialog {
        case .systemPrompt(var form):
            form.editor.insert(String(character))
            dialog = .systemPrompt(form)
        case .parameters(var form):
            form.type(character)
            dialog = .parameters(form)
        case .fields(var form):
            form.type(character)
            dialog = .fields(form)
        case .list:
            changeList { $0.type(character) }
        case .models: changePicker { $0.type(character) }
        case nil where workbench?.isShown == true && character != "/": break
        case nil where inspector == nil && focus == .prompt, nil where character == "/" && focus != .vote:
            inspector = nil
            workbench?.isShown = false
            focus = .prompt
            prompt.insert(String(character))
            continueFillingIn()
            updateCompletion()
        case .page, nil:
            break
        }
        return []
    }

    mutating func edit(_ command: TextEditor.Command) {
        switch dialog {
        case .systemPrompt(var form):
            form.editor.perform(command, columns: layout.systemPromptText.size.columns)
            dialog = .systemPrompt(form)
        case .parameters(var form):
            if command == .deleteBackward { form.deleteBackward() } else { form.clear() }
            dialog = .parameters(form)
        case .fields(var form):
            if command == .deleteBackward { form.deleteBackward() } else { form.clear() }
            dialog = .fields(form)
        case .list:
            changeList { $0.erase(all: command != .deleteBackward) }
        case .models: changePicker { $0.erase(all: command != .deleteBackward) }
        case nil:
            prompt.perform(command, columns: layout.promptText.size.columns)
            if prompt.isRecalled { fillingIn = nil } else { continueFillingIn() }
            updateCompletion()
            // The same keys go on through the history, not through what could end a command of it.
            if prompt.isRecalled, command == .up || command == .down { completion = Completion() }
        case .page:
            break
        }
    }

    mutating func moveFocus(by step: Int) {
        guard dialog == nil, focus != .vote, workbench?.isShown != true else { return }
        if focus == .prompt, step > 0, fillIn() { return }
        // Whoever types a command doesn't mean the answers.
        if focus == .prompt, step > 0, prompt.text.hasPrefix("/") { return }
        let places: [Focus] = [.prompt] + shownPanes.map { .pane($0) }
        let index = places.firstIndex(of: focus) ?? 0
        focus = places[(index + step + places.count) % places.count]
        completion = Completion()
    }

    mutating func cancel() -> [Effect] {
        if case .list(let list) = dialog {
            leave(list)
            return []
        }
        if case .models(let picker) = dialog, picker.isFiltering || !picker.filter.isEmpty {
            // All models are there again, with the line on the same one.
            let chosen = chosen(in: picker)?.id
            let all = library.listings ?? []
            changePicker { picker in
                (picker.filter, picker.isFiltering) = ("", false)
                picker.selected = all.firstIndex { $0.id == chosen } ?? 0
            }
            return []
        }
        if let open = dialog {
            dialog = nil
            if case .page(let page) = open, page.kind == .follow { return stopFollowing() }
            return []
        }
        if workbench?.isShown == true {
            workbench?.isShown = false
            return []
        }
        if completion.isOpen {
            completion = Completion()
            return []
        }
        if inspector != nil {
            inspector = nil
            return []
        }
        if isBusy { return stopRuns(in: Array(panes.indices)) }
        if editedTurn != nil {
            editedTurn = nil
            prompt.clear()
        } else if zoomed != nil, focus == .prompt {
            zoomed = nil
        }
        if focus != .vote { focus = .prompt }
        return []
    }

    mutating func interrupt(isArmed: Bool) -> [Effect] {
        if isArmed { return exit() }
        isLeavingArmed = true
        let task = stopTask()
        let effects = stopRuns(in: Array(panes.indices)) + task
        let remark = task.isEmpty ? effects.isEmpty ? "" : "Stopped. " : Self.resumeRemark + " "
        tell(.warning, remark + "Ctrl+C again leaves Diptych.")
        return effects
    }

    mutating func exit() -> [Effect] {
        stopRuns(in: Array(panes.indices)) + stopTask() + [.exit]
    }
}
