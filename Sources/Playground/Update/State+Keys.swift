import Screen

extension State {
    /// Where keys are looked up now, first match first.
    var keyContexts: [KeyContext] {
        switch dialog {
        case .models: [.models, .list, .outsideText, .everywhere]
        case .parameters: [.form, .list, .everywhere]
        case .systemPrompt: [.systemPrompt, .editing, .everywhere]
        case .help: [.list, .outsideText, .everywhere]
        case .palette: [.palette, .list, .everywhere]
        case nil:
            switch focus {
            case .prompt: [.prompt, .editing, .everywhere]
            case .pane: [.list, .outsideText, .everywhere]
            }
        }
    }

    mutating func press(_ key: Key) -> [Effect] {
        notice = nil
        let isArmed = isLeavingArmed
        isLeavingArmed = false
        guard let action = Keymap.action(for: key, in: keyContexts) else {
            if case .character(let character) = key { type(character) }
            return []
        }
        return action == .interrupt ? interrupt(isArmed: isArmed) : perform(action)
    }

    mutating func paste(_ text: String) -> [Effect] {
        notice = nil
        isLeavingArmed = false
        switch dialog {
        case .systemPrompt(var editor):
            editor.insert(text)
            dialog = .systemPrompt(editor)
        case nil:
            focus = .prompt
            prompt.insert(text)
        case .parameters, .palette:
            for character in text.prefix(64) { type(character) }
        case .models, .help:
            break
        }
        return []
    }

    /// A character that is text here.
    private mutating func type(_ character: Character) {
        switch dialog {
        case .systemPrompt(var editor):
            editor.insert(String(character))
            dialog = .systemPrompt(editor)
        case .parameters(var form):
            form.type(character)
            dialog = .parameters(form)
        case .palette(var palette):
            palette.type(character)
            dialog = .palette(palette)
        case nil where focus == .prompt:
            prompt.insert(String(character))
        case .models, .help, nil:
            break
        }
    }

    mutating func perform(_ action: Action) -> [Effect] {
        switch action {
        case .help, .palette, .models, .parameters, .systemPrompt: return open(action)
        case .toggleConcurrent: return toggleConcurrent()
        case .toggleSpeculation: toggleSpeculation()
        case .nextTheme: selectNextTheme()
        case .newConversation: return startNewConversation()
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
        case .stopPull, .refreshModels, .otherPane: return performInModels(action)
        case .increase: stepParameter(by: 1)
        case .decrease: stepParameter(by: -1)
        }
        return []
    }

    private mutating func edit(_ command: TextEditor.Command) {
        switch dialog {
        case .systemPrompt(var editor):
            editor.perform(command, columns: layout.systemPromptText.size.columns)
            dialog = .systemPrompt(editor)
        case .parameters(var form):
            if command == .deleteBackward { form.deleteBackward() } else { form.clear() }
            dialog = .parameters(form)
        case .palette(var palette):
            palette.filter = command == .deleteBackward ? String(palette.filter.dropLast()) : ""
            palette.selected = 0
            dialog = .palette(palette)
        case nil:
            prompt.perform(command, columns: layout.promptText.size.columns)
        case .models, .help:
            break
        }
    }

    private mutating func moveFocus(by step: Int) {
        guard dialog == nil else { return }
        let places: [Focus] = [.prompt] + panes.indices.map { .pane($0) }
        let index = places.firstIndex(of: focus) ?? 0
        focus = places[(index + step + places.count) % places.count]
    }

    private mutating func selectNextTheme() {
        appearance.selectNext()
        notice = Notice(kind: .information, text: "Theme: \(appearance.theme.name)")
    }

    private mutating func cancel() -> [Effect] {
        if dialog != nil {
            dialog = nil
            return []
        }
        guard isBusy else {
            focus = .prompt
            return []
        }
        return stopRuns(in: Array(panes.indices))
    }

    private mutating func interrupt(isArmed: Bool) -> [Effect] {
        if isArmed { return exit() }
        isLeavingArmed = true
        let effects = stopRuns(in: Array(panes.indices))
        notice = Notice(
            kind: .warning,
            text: effects.isEmpty ? "Ctrl+C again leaves Diptych." : "Stopped. Ctrl+C again leaves Diptych.")
        return effects
    }

    private mutating func exit() -> [Effect] {
        stopRuns(in: Array(panes.indices)) + [.exit]
    }
}
