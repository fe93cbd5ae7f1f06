import Screen

/// The prompt with its marker.
struct PromptView {
    let state: State
    let layout: PlaygroundLayout

    private var isActive: Bool { state.dialog == nil && state.focus == .prompt }

    func draw(on frame: inout Frame) {
        if layout.hasPromptBorder {
            // What answers are held to is never out of sight.
            let rule = state.ruleText.map { "answers: \(VisibleText.of($0).onOneLine)" } ?? ""
            frame.border(layout.promptFrame, role: isActive ? .borderFocused : .border, title: rule)
        }
        let marker = state.editedTurn == nil ? "›" : "✎"
        frame.write(marker, at: layout.promptMarker.origin, role: isActive ? .key : .muted)
        EditorView(editor: state.prompt.editor, isActive: isActive).draw(on: &frame, in: layout.promptText)
        if state.prompt.isEmpty {
            let text = TextWidth.truncate(placeholder, to: layout.promptText.size.columns)
            frame.write(text, at: layout.promptText.origin, role: .muted)
        }
    }

    private var placeholder: String {
        if state.focus == .vote { return "Which answer is better?" }
        if state.isBusy { return "" }
        let all = state.panes.count == 1 ? "the model" : state.panes.count == 2 ? "both models" : "all models"
        return state.panes.contains { !$0.turns.isEmpty }
            ? "Follow up, / for commands, or F7 for a new conversation" : "Ask \(all), or / for commands"
    }
}
