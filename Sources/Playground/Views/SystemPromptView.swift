import Screen

/// The system prompt being written.
struct SystemPromptView {
    let editor: TextEditor
    let layout: PlaygroundLayout

    func draw(on frame: inout Frame) {
        DialogView(title: "System prompt of both models").draw(on: &frame, in: layout.systemPrompt)
        let text = layout.systemPromptText
        if editor.isEmpty {
            let hint = TextWidth.truncate("empty: the models' templates decide", to: text.size.columns)
            frame.write(hint, at: text.origin, role: .muted)
        }
        EditorView(editor: editor, isActive: true).draw(on: &frame, in: text)
        let foot = PlaygroundLayout.content(of: layout.systemPrompt).split(bottom: 1).bottom
        frame.write(hints: [Hint("Enter", "use"), Hint("Ctrl+J", "new line"), Hint("Esc", "discard")], in: foot)
    }
}
