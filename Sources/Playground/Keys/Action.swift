/// What a key can ask for.
public enum Action: Sendable, Equatable, Hashable {
    // Everywhere.
    case help, palette, models, parameters, systemPrompt, toggleConcurrent, themes, newConversation
    case toggleSpeculation, inspect, zoom, nextHeat, toggleMarkdown, toggleThoughts, toggleMouse
    case regenerate, undo, editTurn, copyAnswer, externalEditor, history, starters
    case figures, repeats, follow, renderedPrompt, blind
    case closePane, swapPanes
    case focusNext, focusPrevious
    /// Closes the dialog, stops the runs, or goes back to the prompt, whichever comes first.
    case cancel
    /// Stops the runs; a second time it leaves.
    case interrupt
    case suspend, redraw, exit

    // The prompt and the dialogs' editors.
    case send
    case edit(TextEditor.Command)
    /// Deletes forward; on an empty prompt it leaves.
    case deleteOrExit

    /// Moves through what is longer than its place: an answer, a list, a page.
    case move(Motion)

    // Dialogs.
    /// Accepts the row or the form.
    case choose
    case stopPull, refreshModels, filterModels, otherPane
    case increase, decrease

    // The inspector.
    case nextToken, previousToken, nextAlternative, previousAlternative, inspectDivergence, branch

    // Tasks.
    /// The ways in which models work together.
    case workflows
    /// The task that runs, or the latest one.
    case workbench
    case nextTab, showAllRows, showDisagreements, showMistakes, stopTask, exportReport

    // A blind comparison.
    case vote(Vote.Choice)
}

extension Action {
    /// The name in a configuration file, such as "send" or "edit.wordLeft".
    public var name: String {
        switch self {
        case .edit(let command): "edit.\(command)"
        case .move(let motion): "move.\(motion)"
        case .vote(let choice): "vote.\(choice)"
        default: "\(self)"
        }
    }
}

/// A step through lines or rows.
public enum Motion: Sendable, Equatable, Hashable {
    case lineUp, lineDown, pageUp, pageDown, top, bottom

    /// The index after this step, among `count` items of which `page` are visible.
    func index(from index: Int, count: Int, page: Int) -> Int {
        let page = max(1, page - 1)
        let moved =
            switch self {
            case .lineUp: index - 1
            case .lineDown: index + 1
            case .pageUp: index - page
            case .pageDown: index + page
            case .top: 0
            case .bottom: count - 1
            }
        return min(max(0, moved), max(0, count - 1))
    }
}
