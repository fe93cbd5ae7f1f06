import Screen

/// The system prompt being written.
struct SystemPromptView {
    let form: SystemPromptForm
    let state: State
    let layout: PlaygroundLayout

    func draw(on frame: inout Frame) {
        DialogView(title: "System prompt of \(state.name(of: form.scope))").draw(on: &frame, in: layout.systemPrompt)
        let text = layout.systemPromptText
        if form.editor.isEmpty {
            let hint = TextWidth.truncate("empty: the models' templates decide", to: text.size.columns)
            frame.write(hint, at: text.origin, role: .muted)
        }
        EditorView(editor: form.editor, isActive: true).draw(on: &frame, in: text)
        let foot = PlaygroundLayout.content(of: layout.systemPrompt).split(bottom: 1).bottom
        var hints = [Hint("Enter", "use"), Hint("Ctrl+J", "new line"), Hint("Esc", "discard")]
        if state.panes.count > 1 {
            hints.insert(Hint("Tab", state.name(of: state.nextScope(after: form.scope))), at: 1)
        }
        frame.write(hints: hints, in: foot)
    }
}
